using System.Collections.Immutable;
using System.Globalization;

namespace Backprop.Tests;

/// <summary>
/// Reads the formulas that explanations print, from their plain text: steps separated by commas, of sums of terms, where a term
/// is a row of factors that are multiplied and divided from left to right, and Σ takes what follows it in its term. What it
/// cannot read is an error.
/// </summary>
sealed class FormulaParser
{
    static readonly string[] s_functions = ["softmax", "sign", "tanh", "sin", "cos", "max", "min", "erf", "ln"];

    // What is a function, so that (…) after it is its argument and not a factor.
    static readonly string[] s_called = ["f", "σ", "Φ"];

    readonly string _text;
    readonly SymbolReader _reader;

    FormulaParser(string text) => (_text, _reader) = (text, new SymbolReader(text));

    /// <summary>The steps of a formula.</summary>
    /// <exception cref="FormatException">It is none that is known here.</exception>
    public static ImmutableArray<FormulaStatement> Statements(string text)
    {
        var parser = new FormulaParser(text);
        var statements = ImmutableArray.CreateBuilder<FormulaStatement>();
        do
        {
            statements.Add(parser.Statement());
        }
        while (parser.Take(","));
        parser.End();
        return statements.ToImmutable();
    }

    /// <summary>An expression alone, such as the symbol <c>W + ΔW</c>.</summary>
    public static FormulaNode Expression(string text)
    {
        var parser = new FormulaParser(text);
        FormulaNode node = parser.Choice();
        parser.End();
        return node;
    }

    FormulaStatement Statement()
    {
        FormulaNode left = Choice();
        char sign = Take("=") ? '=' : Take("←") ? '←' : throw Error("= or ←");
        FormulaNode right = Choice();
        if (!Take("for"))
            return new(left, sign, right);
        string index = Take("j") ? "j" : Take("r") ? "r" : throw Error("j or r");
        Require("=");
        int first = Whole();
        return new(left, sign, right, index, first, Take("…") ? Whole() : first);
    }

    FormulaNode Choice()
    {
        FormulaNode then = Sum();
        if (!Take("where"))
            return then;
        FormulaNode left = Sum();
        string comparison = new[] { "<", ">", "≤", "≥" }.FirstOrDefault(Take) ?? throw Error("a comparison");
        FormulaNode right = Sum();
        Require(",");
        Require("else");
        return FormulaNode.Of(FormulaKind.Where, comparison, left, right, then, Choice());
    }

    FormulaNode Sum()
    {
        FormulaNode sum = Take("−") ? FormulaNode.Of(FormulaKind.Negate, Term()) : Term();
        while (true)
        {
            if (Take("+"))
                sum = FormulaNode.Of(FormulaKind.Add, sum, Term());
            else if (Take("−"))
                sum = FormulaNode.Of(FormulaKind.Add, sum, FormulaNode.Of(FormulaKind.Negate, Term()));
            else
                return sum;
        }
    }

    FormulaNode Term()
    {
        FormulaNode term = Factor();
        while (true)
        {
            if (Take("⊙"))
                term = FormulaNode.Of(FormulaKind.ElementWise, term, Factor());
            else if (Take("·") || Take("×"))
                term = FormulaNode.Of(FormulaKind.Multiply, term, Factor());
            else if (Take("/"))
                term = FormulaNode.Of(FormulaKind.Divide, term, Factor());
            else if (BeginsFactor())
                term = FormulaNode.Of(FormulaKind.Multiply, term, Factor());
            else
                return term;
        }
    }

    FormulaNode Factor()
    {
        FormulaNode factor = Primary();
        if (_reader.Above() is { Length: > 0 } above)
            factor = FormulaNode.Of(FormulaKind.Power, factor, Exponent(above));
        return Take("^") ? FormulaNode.Of(FormulaKind.Power, factor, Primary()) : factor;
    }

    /// <summary>What stands above as an exponent: 2, −6, t.</summary>
    public static FormulaNode Exponent(string above) => above.Length == 1 && char.IsLetter(above[0])
        ? FormulaNode.Of(new Symbol { Letters = above })
        : FormulaNode.Of(FormulaKind.Number, above);

    FormulaNode Primary()
    {
        if (Take("½"))
            return FormulaNode.Of(FormulaKind.Number, "0.5");
        if (Take("("))
            return Closed(Choice(), ")");
        if (Take("["))
            return Concatenation();
        if (Take("|"))
            return FormulaNode.Of(FormulaKind.Absolute, Closed(Sum(), "|"));
        if (Take("√"))
            return FormulaNode.Of(FormulaKind.Root, Primary());
        if (Take("‖g‖"))
            return FormulaNode.Of(new Symbol { Letters = "‖g‖" });
        if (Take("Σ"))
            return FormulaNode.Of(FormulaKind.Sum, _reader.Below(), Term());
        if (Take("Π"))
        {
            string[] from = _reader.Below().Split('=');
            FormulaNode to = Exponent(_reader.Above());
            return FormulaNode.Of(FormulaKind.Product, from[0], FormulaNode.Of(FormulaKind.Number, from[1]), to, Term());
        }

        Spaces();
        if (char.IsAsciiDigit(_reader.Next))
            return FormulaNode.Of(FormulaKind.Number, Digits());
        if (s_functions.FirstOrDefault(Take) is { } function)
            return Function(function);
        Symbol symbol = _reader.Read();
        if (_reader.Next == '(' && s_called.Contains(symbol.Letters))
        {
            Require("(");
            return FormulaNode.Of(symbol, Closed(Choice(), ")"));
        }

        return _reader.Next == '[' ? Some(FormulaNode.Of(symbol)) : FormulaNode.Of(symbol);
    }

    /// <summary>Values side by side: [a, b].</summary>
    FormulaNode Concatenation()
    {
        var parts = ImmutableArray.CreateBuilder<FormulaNode>();
        do
        {
            parts.Add(Choice());
        }
        while (Take(","));
        Require("]");
        return FormulaNode.Of(FormulaKind.Concatenation, parts.ToImmutable());
    }

    /// <summary>Some columns, X[1…3], or for each row the line that a number of it says, E[c].</summary>
    FormulaNode Some(FormulaNode of)
    {
        Require("[");
        if (!char.IsAsciiDigit(_reader.Next))
            return Closed(FormulaNode.Of(FormulaKind.Gather, of, Choice()), "]");
        int first = Whole(), last = Take("…") ? Whole() : first;
        return Closed(FormulaNode.Of(FormulaKind.Slice, $"{first} {last}", of), "]");
    }

    FormulaNode Function(string name)
    {
        if (!Take("("))
            return FormulaNode.Of(FormulaKind.Function, name, Factor());
        var arguments = ImmutableArray.CreateBuilder<FormulaNode>();
        do
        {
            arguments.Add(Choice());
        }
        while (Take(","));
        Require(")");
        return new(FormulaKind.Function, name, null, arguments.ToImmutable());
    }

    /// <summary>A bar begins no factor that is multiplied without a sign: it may as well end what stands between two.</summary>
    bool BeginsFactor()
    {
        Spaces();
        int at = _reader.At;
        bool ends = Take("where") || Take("else") || Take("for");
        _reader.At = at;
        return !ends && (char.IsLetterOrDigit(_reader.Next) || _reader.Next is '(' or '√' or '½' or '∂' or '‖' or 'Σ' or 'Π');
    }

    FormulaNode Closed(FormulaNode node, string end)
    {
        Require(end);
        return node;
    }

    string Digits()
    {
        int start = _reader.At;
        while (char.IsAsciiDigit(_reader.Next) || _reader.Next == '.')
            _reader.At++;
        int at = _reader.At;
        if (at + 1 < _text.Length && _text[at] is 'E' or 'e'
            && (char.IsAsciiDigit(_text[at + 1]) || _text[at + 1] is '−' or '-' or '+'))
        {
            _reader.At += 2;
            while (char.IsAsciiDigit(_reader.Next))
                _reader.At++;
        }

        return _text[start.._reader.At].Replace('−', '-');
    }

    int Whole()
    {
        Spaces();
        return int.Parse(Digits(), CultureInfo.InvariantCulture);
    }

    void Spaces()
    {
        while (_reader.Next == ' ')
            _reader.At++;
    }

    bool Take(string sign)
    {
        Spaces();
        if (string.CompareOrdinal(_text, _reader.At, sign, 0, sign.Length) != 0)
            return false;
        _reader.At += sign.Length;
        return true;
    }

    void Require(string sign)
    {
        if (!Take(sign))
            throw Error(sign);
    }

    void End()
    {
        Spaces();
        if (_reader.At < _text.Length)
            throw Error("the end");
    }

    FormatException Error(string meant) => new($"{meant} is meant at '{_text[_reader.At..]}' of '{_text}'.");
}
