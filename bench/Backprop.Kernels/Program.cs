using Backprop.Kernels;
using BenchmarkDotNet.Running;

// dotnet run -c Release --project bench/Backprop.Kernels -- --filter '*Products*'
BenchmarkSwitcher
    .FromTypes([typeof(ProductBenchmarks), typeof(ActivationBenchmarks), typeof(SoftmaxBenchmarks), typeof(UpdateBenchmarks)])
    .Run(args.Length == 0 ? ["--filter", "*"] : args, new KernelConfig());
