namespace Backprop;

/// <summary>A record is longer than any that a table has; caught where the line is known.</summary>
sealed class RecordLimitException : Exception;
