namespace Backprop.Start;

/// <summary>
/// What the processor says of itself, and the same with only those bits whose features can be used: struct cpuid_feature of
/// glibc's sys/platform/x86.h.
/// </summary>
readonly record struct ProcessorFeatures(ProcessorRegisters Said, ProcessorRegisters Usable);
