using BenchmarkDotNet.Running;
using BudgetSync.Benchmarks;
using BudgetSync.Benchmarks.Backtests;

switch (args)
{
    case ["core", ..]:
        BenchmarkSwitcher.FromAssembly(typeof(CoreBenchmarks).Assembly).Run(args[1..]);
        return 0;
    case ["edit"]:
        return await EditLatency.RunAsync();
    case ["cold-start"]:
        return await ColdStart.RunAsync();
    case ["rollout"]:
        return await Rollout.RunAsync(10_000);
    case ["rollout", var accounts] when int.TryParse(accounts, out var number) && number > 0:
        return await Rollout.RunAsync(number);
    case ["import"]:
        return await Import.RunAsync(10_000);
    case ["import", var rows] when int.TryParse(rows, out var count) && count > 0:
        return await Import.RunAsync(count);
    case ["history"]:
        return await History.RunAsync(10_000);
    case ["history", var accounts] when int.TryParse(accounts, out var number) && number > 0:
        return await History.RunAsync(number);
    case ["backtest"]:
        return Backtest.Run(1);
    case ["backtest", var text] when int.TryParse(text, out var seed) && seed >= 0:
        return Backtest.Run(seed);
    case ["metering"]:
        return MeterRun.Run(1_000_000);
    case ["metering", var requests] when int.TryParse(requests, out var number) && number > 0:
        return MeterRun.Run(number);
    case ["metering-table"]:
        return await MeterTableRun.RunAsync(100_000);
    case ["metering-table", var calls] when int.TryParse(calls, out var number) && number > 0:
        return await MeterTableRun.RunAsync(number);
    case ["suspension"]:
        return await SuspensionLatency.RunAsync();
    default:
        await Console.Error.WriteLineAsync(
            "usage: core [BenchmarkDotNet options] | edit | cold-start | rollout [ACCOUNTS] | import [ROWS] | history [ACCOUNTS] | backtest [SEED] "
                + "| metering [REQUESTS] | metering-table [REQUESTS] | suspension (README.md says what each measures)");
        return 64;
}
