namespace Backprop.Engine;

/// <summary>The distributions of an <see cref="Initializer"/>.</summary>
enum InitializerKind
{
    GlorotUniform = 0,
    GlorotNormal = 1,
    HeUniform = 2,
    HeNormal = 3,
    LecunUniform = 4,
    LecunNormal = 5,
    Uniform = 6,
    Normal = 7,
    Orthogonal = 8,
    Zeros = 9,
}
