using Xunit;

namespace Backprop.Repository.Tests;

/// <summary>Folders use what stands left of them alone, and whoever breaks that is named.</summary>
public sealed class FolderOrderTests
{
    const string Engine = "src/Backprop.Engine";

    const string EngineOrder = "Numerics Threads Text Formulas Kernels Networks Losses Flows Updates Training Checks";

    const string Low = """
        namespace Sample;
        static class Number
        {
            public static int Twice(int x) => 2 * x;
        }
        """;

    const string High = """
        namespace Sample;
        /// <summary>A walk.</summary>
        sealed class Walk(int length)
        {
            public const int Longest = 9;
            public int Length { get; } = Number.Twice(length);
            public sealed class Step;
        }
        static class Walks
        {
            public static int Doubled(this int x) => 2 * x;
        }
        sealed class SteepAttribute : Attribute;
        """;

    [Fact]
    public void The_engines_folders_use_what_stands_left_of_them()
    {
        IReadOnlyList<string> breaches = FolderOrder.Breaches(Engine, EngineOrder.Split(' '));
        Assert.True(breaches.Count == 0, string.Join('\n', breaches));
    }

    [Fact]
    public void A_file_of_the_engine_that_breaks_the_order_is_named()
    {
        const string Text = "namespace Backprop.Engine;\nstatic class Planted\n{\n    static Trainer? s_trainer;\n}\n";
        (string, string)[] sources = [.. SourceCompilation.Sources(Engine), ("Numerics/Planted.cs", Text)];
        Assert.Equal(
            ["Numerics/Planted.cs:4: Numerics uses Trainer of Training, which stands right of it."],
            FolderOrder.Breaches("Backprop.Engine", sources, EngineOrder.Split(' ')));
    }

    [Theory]
    [InlineData("    static void Go(Walk walk) { }", "Walk")]
    [InlineData("    static object Go() => new Walk(1);", "Walk")]
    [InlineData("    static Type Go() => typeof(List<Walk?[]>);", "Walk")]
    [InlineData("    static int Go() => Walk.Longest;", "Walk")]
    [InlineData("    static int Go(Walk.Step? step) => 0;", "Walk")]
    [InlineData("    static int Go() => 1.Doubled();", "Walks")]
    [InlineData("    [Steep] static int Go() => 1;", "SteepAttribute")]
    public void What_stands_right_is_named_with_file_line_type_and_folders(string member, string type) => Assert.Equal(
        [$"Low/Inner/Bad.cs:4: Low uses {type} of High, which stands right of it."],
        Breaches(["Low", "High"], ("Low/Inner/Bad.cs", $"namespace Sample;\nstatic class Bad\n{{\n{member}\n}}\n")));

    [Theory]
    [InlineData("static class Good { static int Walk() => Number.Twice(1); static int Go() => Walk(); }")]
    [InlineData("static class Good { static int Go(string Walk) => Walk.Length; }")]
    [InlineData("/// <summary>Less than a <see cref=\"Walk\"/>.</summary>\nstatic class Good { } // a Walk")]
    public void Words_that_mean_something_else_and_comments_break_nothing(string text) =>
        Assert.Empty(Breaches(["Low", "High"], ("Low/Good.cs", $"namespace Sample;\n{text}\n")));

    [Fact]
    public void A_folder_that_the_order_does_not_name_breaks_it() => Assert.Equal(
        ["Odd is a folder that the order does not name.", ". is a folder that the order does not name."],
        Breaches(["Low", "High"], ("Odd/Empty.cs", ""), ("Empty.cs", "")));

    [Fact]
    public void An_order_names_no_folder_that_is_gone() =>
        Assert.Equal(["The order names Gone, where no file lies."], Breaches(["Low", "Gone", "High"]));

    static IReadOnlyList<string> Breaches(string[] order, params (string Path, string Text)[] more) =>
        FolderOrder.Breaches("Sample", [("Low/Number.cs", Low), ("High/Deep/Walk.cs", High), .. more], order);
}
