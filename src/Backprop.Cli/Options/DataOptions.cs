using System.CommandLine;
using System.Text;

namespace Backprop.Cli;

/// <summary>The flags that say what the data are: the same on every verb with DATA.</summary>
sealed class DataOptions
{
    readonly Argument<string?> _data = new("DATA")
    {
        Description = "A CSV or TSV file (.gz too), - for standard input, sample:NAME (diabetes, iris, penguins), or an IDX file of images.",
    };

    readonly Option<string?> _labels = new("--labels") { Description = "The IDX file of the images' labels. Default: none.", HelpName = "FILE" };
    readonly Option<string?> _delimiter = new("--delimiter")
    {
        Description = "What parts cells: one character, or 'tab'. Default: found out among , ; tab and |.",
        HelpName = "CHAR",
    };

    readonly Option<bool> _noHeader = new("--no-header")
    {
        Description = "The first line is a row; columns are column1, column2, …",
    };

    readonly Option<string[]> _missing = new("--missing")
    {
        Description = "Texts that mean \"missing\", besides an empty cell. Default: ?,NA,NaN.",
        HelpName = "TEXT,…",
    };

    readonly Option<string?> _decimal = new("--decimal")
    {
        Description = "The decimal sign of numbers: . or a comma. Default: .",
        HelpName = "CHAR",
    };

    readonly Option<string?> _encoding = new("--encoding")
    {
        Description = "The text's encoding, such as latin1. Default: utf-8.",
        HelpName = "NAME",
    };

    readonly Option<string[]> _types = new("--types")
    {
        Description = "Kinds of columns where the guess is wrong: a=number,b=category,c=yesno,d=text. Default: guessed.",
        HelpName = "COLUMN=KIND,…",
    };

    /// <summary>Adds the flags to a verb.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="isLast">Whether a flag before it may have taken DATA for one of its values.</param>
    public void AddTo(Command command, bool isLast = false)
    {
        if (isLast)
            _data.Arity = ArgumentArity.ZeroOrOne;
        command.Add(_data);
        foreach (Option option in new Option[] { _labels, _delimiter, _noHeader, _missing, _decimal, _encoding, _types })
            command.Add(option);
    }

    /// <summary>The texts that mean "missing", or null where none were given.</summary>
    public IReadOnlyList<string>? Missing(ParseResult parsed) =>
        parsed.GetValue(_missing) is { Length: > 0 } given ? ["", .. Lists.Split(given)] : null;

    /// <summary>The decimal sign, or null where none was given.</summary>
    public char? Decimal(ParseResult parsed) => parsed.GetValue(_decimal) switch
    {
        null => null,
        "." => '.',
        "," => ',',
        var other => throw new BackpropException($"--decimal is . or , and not '{other}'."),
    };

    /// <summary>The kinds of columns that were given.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Types(ParseResult parsed) =>
        TypesText.Parse(parsed.GetValue(_types) ?? []);

    /// <summary>Whether DATA is a file of images.</summary>
    public bool HasImages(ParseResult parsed) => parsed.GetValue(_labels) is not null;

    /// <summary>What DATA is, or null where it was not given.</summary>
    public string? Path(ParseResult parsed) => parsed.GetValue(_data);

    /// <summary>Reads DATA.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">What DATA is.</param>
    /// <param name="recipe">A recipe that says how cells are read where no flag does, or null.</param>
    /// <param name="adjust">Changes how it is read before it is.</param>
    public Table Read(ParseResult parsed, string path, DataRecipe? recipe, Func<CsvOptions, CsvOptions> adjust)
    {
        if (parsed.GetValue(_labels) is { } labels)
            return ReadImages(parsed, path, labels);
        return ReadFile(path, adjust(Csv(parsed, recipe)));
    }

    /// <summary>Reads another file in the way that DATA is read.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">The file.</param>
    /// <param name="labels">The labels of its images, or null where it is a table.</param>
    /// <param name="recipe">A recipe that says how cells are read where no flag does, or null.</param>
    /// <param name="adjust">Changes how it is read before it is.</param>
    public Table ReadOther(
        ParseResult parsed, string path, string? labels, DataRecipe? recipe, Func<CsvOptions, CsvOptions> adjust)
    {
        if (labels is not null)
            return ReadImages(parsed, path, labels);
        return HasImages(parsed)
            ? throw new BackpropException(
                $"DATA are images, so {path} needs the labels of its images too: --test-labels FILE or --validation-labels FILE.")
            : ReadFile(path, adjust(Csv(parsed, recipe)));
    }

    Table ReadImages(ParseResult parsed, string path, string labels)
    {
        Option[] ofText = [_delimiter, _noHeader, _missing, _decimal, _encoding, _types];
        if (ofText.FirstOrDefault(flag => parsed.GetResult(flag) is { Implicit: false }) is { } senseless)
            throw new BackpropException($"{senseless.Name} is for tables of text, not for images with --labels; leave it out.");
        return Table.ReadIdx(path, labels);
    }

    static Table ReadFile(string path, CsvOptions options)
    {
        const string Sample = "sample:";
        return path.StartsWith(Sample, StringComparison.Ordinal)
            ? Samples.Read(path[Sample.Length..], options)
            : Table.ReadCsv(path, options);
    }

    CsvOptions Csv(ParseResult parsed, DataRecipe? recipe)
    {
        var options = new CsvOptions
        {
            Delimiter = Delimiter(parsed.GetValue(_delimiter)),
            HasHeader = !parsed.GetValue(_noHeader),
            Decimal = Decimal(parsed) ?? recipe?.Decimal[0] ?? '.',
            Encoding = Encoding(parsed.GetValue(_encoding)),
            Types = Types(parsed),
        };
        return (Missing(parsed) ?? recipe?.Missing) is { } missing ? options with { MissingTokens = [.. missing] } : options;
    }

    static char? Delimiter(string? text) => text switch
    {
        null => null,
        "tab" or "\\t" => '\t',
        [var only] => only,
        _ => throw new BackpropException($"--delimiter is one character or 'tab', not '{text}'."),
    };

    static Encoding? Encoding(string? name)
    {
        if (name is null)
            return null;
        try
        {
            System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return System.Text.Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException error)
        {
            throw new BackpropException($"There is no encoding '{name}'; try utf-8, latin1, windows-1252 or utf-16.", error);
        }
    }
}
