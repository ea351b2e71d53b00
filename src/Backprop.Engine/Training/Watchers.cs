using System.Numerics;

namespace Backprop.Engine;

/// <summary>Who looks at a training on its way.</summary>
/// <param name="Validation">What is measured after each epoch, or null.</param>
/// <param name="Observer">Is told of steps and epochs, or null.</param>
/// <param name="StateObserver">Is shown the state, or null.</param>
readonly record struct Watchers<T>(IValidation<T>? Validation, ITrainingObserver? Observer, IStateObserver<T>? StateObserver)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
