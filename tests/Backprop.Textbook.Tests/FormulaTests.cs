using System.Reflection;
using Xunit;

namespace Backprop.Textbook.Tests;

/// <summary>
/// Which tests prove which formula: [Trait("Formula", "rows 8")], a document and the formula's number, or "start" and that of a
/// step of the page's own derivation.
/// </summary>
public sealed class FormulaTests
{
    static readonly string[] s_documents = ["start", "indices", "rows", "scalars", "likelihood", "columns"];

    /// <summary>
    /// Every test of a formula; tests/mutate.sh asks for the list by BACKPROP_FORMULAS, the name of a file.
    /// </summary>
    [Fact]
    public void Every_formula_is_named_by_its_document_and_number()
    {
        (string Test, string Formula)[] proofs =
        [
            .. from type in typeof(FormulaTests).Assembly.GetTypes()
               from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
               where method.GetCustomAttributes<FactAttribute>().Any()
               from trait in method.CustomAttributes.Concat(type.CustomAttributes)
               where trait.AttributeType == typeof(TraitAttribute) && (string)trait.ConstructorArguments[0].Value! == "Formula"
               select ($"{type.FullName}.{method.Name}", (string)trait.ConstructorArguments[1].Value!),
        ];
        if (Environment.GetEnvironmentVariable("BACKPROP_FORMULAS") is { Length: > 0 } path)
            File.WriteAllLines(path, proofs.Select(proof => $"{proof.Test}\t{proof.Formula}"));

        Assert.NotEmpty(proofs);
        Assert.All(proofs, proof => Assert.Contains(proof.Formula.Split(' ')[0], s_documents));
        Assert.Empty(Printed().Except(proofs.Select(proof => proof.Formula)));
    }

    /// <summary>The page's own steps and the documents' numbered or displayed formulas.</summary>
    static IEnumerable<string> Printed() =>
    [
        .. Numbered("start", 14), .. Numbered("indices", 13), .. Numbered("rows", 14), "rows delta", "rows descent",
        .. Numbered("scalars 1.1-", 8), .. Numbered("scalars 1.2-", 7), .. Numbered("scalars 1.3-", 6),
        .. Numbered("scalars 2.1-", 8), .. Numbered("scalars 2.2-", 8),
        .. Numbered("likelihood", 30).Where(formula => formula != "likelihood 26"), .. Numbered("columns", 13),
    ];

    static IEnumerable<string> Numbered(string document, int last) => Enumerable.Range(1, last).Select(number =>
        document.EndsWith('-') ? $"{document}{number}" : $"{document} {number}");
}
