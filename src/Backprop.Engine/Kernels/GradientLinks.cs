namespace Backprop.Engine;

/// <summary>
/// What happens to a gradient and a parameter before the rule sees them, for one tensor in one step:
/// g ← g + L2·p + L1·sign(p), held between ±Limit, times Factor; p ← Keep·p.
/// </summary>
/// <param name="L1">λ of |w|; 0 for biases.</param>
/// <param name="L2">λ of ½w²; 0 for biases.</param>
/// <param name="Limit">The largest |g|, infinite where values are not clipped.</param>
/// <param name="Factor">What clipping by norm multiplies g by, 1 where it does nothing.</param>
/// <param name="Keep">1 − learning rate · decay; 1 for biases.</param>
readonly record struct GradientLinks(double L1, double L2, double Limit, double Factor, double Keep);
