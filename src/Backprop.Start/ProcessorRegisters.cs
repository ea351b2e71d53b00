namespace Backprop.Start;

/// <summary>Four registers as the CPUID instruction fills them: struct cpuid_registers of glibc's sys/platform/x86.h.</summary>
readonly record struct ProcessorRegisters(uint Eax, uint Ebx, uint Ecx, uint Edx);
