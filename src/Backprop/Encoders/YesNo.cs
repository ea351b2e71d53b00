namespace Backprop;

/// <summary>
/// Text to number: <paramref name="No"/> is 0, <paramref name="Yes"/> is 1, and a missing or unknown text is a missing
/// number (NaN), for which the operations that follow have an answer.
/// </summary>
/// <param name="No">The text for 0: the first of the two in ordinal order.</param>
/// <param name="Yes">The text for 1.</param>
sealed record YesNo(string No, string Yes) : EncoderOperation;
