namespace Backprop.Tests;

/// <summary>What options resolve to for one of three targets.</summary>
static class ResolvedRecipe
{
    public const string ThreeClasses = "species", TwoClasses = "y", ANumber = "n";

    public static Recipe Resolve(string target, TrainOptions options) => Model.Resolve(TableOf(target), [target], options);

    public static string Refusal(string target, TrainOptions options) => Tabular.Refusal(() => Resolve(target, options));

    static Table TableOf(string target) => target == ThreeClasses ? Samples.Iris() : Tabular.Csv("x,n,y\n"
        + string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{i * 7 % 31}.5,{i * 11 % 29}.25,{"ab"[i * 5 % 3 % 2]}")));
}
