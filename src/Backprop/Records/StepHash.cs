namespace Backprop;

/// <summary>The parameters as they were after a step.</summary>
/// <param name="Step">The step, counted from 1.</param>
/// <param name="ParameterHash">See <see cref="Backprop.Engine.Parameters{T}.Hash"/>.</param>
readonly record struct StepHash(long Step, string ParameterHash);
