namespace Backprop.Engine.Tests;

/// <summary>What is wrong with a derivative.</summary>
enum OwnMistake
{
    None,
    Factor,
    Sign,
    Zero,
    NotANumber,
    SaysThatXIsEnough,
}
