namespace Backprop.Engine;

/// <summary>
/// The numbers that an update rule needs during one step, the same for every parameter: computed once in double and
/// rounded once to the element type. A rule fills those it reads and says what they are.
/// </summary>
readonly record struct StepScalars<R>
    where R : struct
{
    /// <summary>What the step is multiplied by: the learning rate, corrected for bias where the rule does so.</summary>
    public R Rate { get; init; }

    /// <summary>A second rate, of a rule whose step has two terms.</summary>
    public R OtherRate { get; init; }

    /// <summary>What the first moment is multiplied by.</summary>
    public R Decay1 { get; init; }

    /// <summary>What is multiplied into the first moment's new term.</summary>
    public R Gain1 { get; init; }

    /// <summary>What the second moment is multiplied by.</summary>
    public R Decay2 { get; init; }

    /// <summary>What is multiplied into the second moment's new term.</summary>
    public R Gain2 { get; init; }

    /// <summary>What the root of the second moment is multiplied by.</summary>
    public R Scale { get; init; }

    /// <summary>What keeps a denominator away from 0.</summary>
    public R Epsilon { get; init; }
}
