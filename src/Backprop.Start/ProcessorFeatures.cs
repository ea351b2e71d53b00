namespace Backprop.Start;

/// <summary>
/// Four registers as the CPUID instruction fills them, and the same with only those bits whose features can be used: struct
/// cpuid_feature of glibc's sys/platform/x86.h.
/// </summary>
readonly record struct ProcessorFeatures(
    uint Eax, uint Ebx, uint Ecx, uint Edx, uint UsableEax, uint UsableEbx, uint UsableEcx, uint UsableEdx);
