using System.CommandLine;
using System.Text;

namespace Backprop.Cli;

/// <summary>The flags that say what the data are: the same on every verb with DATA.</summary>
sealed class DataOptions
{
    readonly Argument<string> _data = new("DATA")
    {
        Description = "A CSV or TSV file (.gz too), - for standard input, sample:NAME, or an IDX file of images with --labels.",
    };

    readonly Option<string?> _labels = new("--labels") { Description = "The IDX file of the images' labels.", HelpName = "FILE" };
    readonly Option<string?> _delimiter = new("--delimiter")
    {
        Description = "What parts cells: one character, or 'tab'. Found out by itself among , ; tab and |.",
        HelpName = "CHAR",
    };

    readonly Option<bool> _noHeader = new("--no-header") { Description = "The first line is a row; columns are column1, column2, …" };
    readonly Option<string[]> _missing = new("--missing")
    {
        Description = "Texts that mean \"missing\", besides an empty cell. Default: ?,NA,NaN.",
        HelpName = "TEXT,…",
    };

    readonly Option<char?> _decimal = new("--decimal") { Description = "The decimal sign of numbers: . or ,", HelpName = "CHAR" };
    readonly Option<string?> _encoding = new("--encoding") { Description = "The text's encoding, such as latin1. Default: utf-8.", HelpName = "NAME" };
    readonly Option<string[]> _types = new("--types")
    {
        Description = "Kinds of columns: a=number,b=category,c=yesno.",
        HelpName = "COLUMN=KIND,…",
    };

    /// <summary>Adds the flags to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(_data);
        foreach (Option option in new Option[] { _labels, _delimiter, _noHeader, _missing, _decimal, _encoding, _types })
            command.Add(option);
    }

    /// <summary>The texts that mean "missing", or null where none were given.</summary>
    public IReadOnlyList<string>? Missing(ParseResult parsed) =>
        parsed.GetValue(_missing) is { Length: > 0 } given ? ["", .. Lists.Split(given)] : null;

    /// <summary>The decimal sign, or null where none was given.</summary>
    public char? Decimal(ParseResult parsed) => parsed.GetValue(_decimal);

    /// <summary>The kinds of columns that were given.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Types(ParseResult parsed) =>
        TypesText.Parse(parsed.GetValue(_types) ?? []);

    /// <summary>Reads DATA.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="recipe">A recipe that says how cells are read where no flag does, or null.</param>
    /// <param name="adjust">Changes how it is read before it is.</param>
    public Table Read(ParseResult parsed, DataRecipe? recipe, Func<CsvOptions, CsvOptions> adjust) =>
        parsed.GetValue(_labels) is { } labels
            ? Table.ReadIdx(parsed.GetRequiredValue(_data), labels)
            : ReadFile(parsed.GetRequiredValue(_data), adjust(Csv(parsed, recipe)));

    /// <summary>Reads another file in the way that DATA is read.</summary>
    public Table ReadOther(ParseResult parsed, string path, DataRecipe? recipe, Func<CsvOptions, CsvOptions> adjust) =>
        ReadFile(path, adjust(Csv(parsed, recipe)));

    static Table ReadFile(string path, CsvOptions options)
    {
        const string Sample = "sample:";
        return path.StartsWith(Sample, StringComparison.Ordinal)
            ? Samples.Read(path[Sample.Length..], options)
            : Table.ReadCsv(path, options);
    }

    CsvOptions Csv(ParseResult parsed, DataRecipe? recipe)
    {
        char? sign = parsed.GetValue(_decimal);
        if (sign is not (null or '.' or ','))
            throw new BackpropException($"--decimal is . or , and not '{sign}'.");
        var options = new CsvOptions
        {
            Delimiter = Delimiter(parsed.GetValue(_delimiter)),
            HasHeader = !parsed.GetValue(_noHeader),
            Decimal = sign ?? recipe?.Decimal[0] ?? '.',
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
        catch (ArgumentException)
        {
            throw new BackpropException($"There is no encoding '{name}'; try utf-8, latin1, windows-1252 or utf-16.");
        }
    }
}
