using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// How many networks FsCheck draws, and from which seed: always the same, so that a test says the same everywhere.
/// BACKPROP_PROPERTY_SEED and BACKPROP_PROPERTY_CASES draw others and more.
/// </summary>
static class Cases
{
    const ulong DefaultSeed = 20150117;

    static readonly ulong s_seed = ulong.Parse(Variable("SEED") ?? "20150117", CultureInfo.InvariantCulture);

    /// <summary>Draws networks of a wish and proves each; the smallest that fails is reported.</summary>
    public static void Prove(Wish wish, int count, ITestOutputHelper output, Action<Drawn, Closeness> prove)
    {
        int cases = Variable("CASES") is { } more ? int.Parse(more, CultureInfo.InvariantCulture) : count;
        var total = new Closeness("");
        int drawn = 0, kinked = 0;
        Config config = Config.QuickThrowOnFailure.WithMaxTest(cases).WithQuietOnSuccess(true)
            .WithReplay(new Replay(new Rnd(s_seed, DefaultSeed | 1), Microsoft.FSharp.Core.FSharpOption<int>.None));
        Prop.ForAll(wish.Arbitrary, (Action<Shape>)(shape =>
        {
            var network = new Drawn(shape);
            var closeness = new Closeness(shape.ToString());
            prove(network, closeness);
            total.Add(closeness);
            drawn++;
            kinked += network.HasKinks ? 1 : 0;
        })).Check(config);
        output.WriteLine(
            $"{drawn} networks of seed {s_seed}, none left out; {kinked} with kinks. {total.Count} numbers; "
            + $"the worst came to {total.Worst.ToString("0.0E+0", CultureInfo.InvariantCulture)} of its bound: {total.Where}");
    }

    static string? Variable(string name) =>
        Environment.GetEnvironmentVariable($"BACKPROP_PROPERTY_{name}") is { Length: > 0 } value ? value : null;
}
