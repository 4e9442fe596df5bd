using BenchmarkDotNet.Running;
using BudgetSync.Benchmarks;

switch (args)
{
    case ["core", ..]:
        BenchmarkSwitcher.FromAssembly(typeof(CoreBenchmarks).Assembly).Run(args[1..]);
        return 0;
    case ["edit"]:
        return await EditLatency.RunAsync();
    case ["cold-start"]:
        return await ColdStart.RunAsync();
    default:
        await Console.Error.WriteLineAsync("usage: core [BenchmarkDotNet options] | edit | cold-start (README.md says what each measures)");
        return 64;
}
