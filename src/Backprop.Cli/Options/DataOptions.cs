using System.CommandLine;

namespace Backprop.Cli;

/// <summary>The flags that say what the data are: the same on every verb with DATA.</summary>
sealed class DataOptions
{
    readonly Argument<string?> _data = new("DATA")
    {
        Description = "A CSV or TSV file (.gz too), - for standard input, sample:NAME (diabetes, iris, penguins), or an IDX file "
            + "of images.",
    };

    readonly Option<string?> _labels = new("--labels")
    {
        Description = "The IDX file of the images' labels. Default: none.",
        HelpName = "FILE",
    };
    readonly Option<string?> _delimiter = new("--delimiter")
    {
        Description = "What parts cells: one character, 'tab', or 'blank' for any number of blanks. Default: found out among , ; "
            + "tab | and blanks.",
        HelpName = "CHAR",
    };

    readonly Option<string?> _skip = new("--skip")
    {
        Description = "So many lines at the beginning are not read. Default: 0.",
        HelpName = "N",
    };
    readonly Option<string?> _comment = new("--comment")
    {
        Description = "Lines that begin with it are not read, such as #. Default: none.",
        HelpName = "CHAR",
    };

    readonly Option<bool> _noHeader = new("--no-header")
    {
        Description = "The first line is a row; columns are column1, column2, …",
    };

    readonly Option<string[]> _missing = new("--missing")
    {
        Description = "Texts that mean \"missing\", in place of those that do (an empty cell always does); +TEXT,… adds to them. "
            + "Default: what pandas takes (NA, NaN, null, None, …), ?, \\N, a spreadsheet's errors, and among numbers - and .",
        HelpName = "TEXT,…",
    };

    readonly Option<string[]> _notMissing = new("--not-missing")
    {
        Description = "Texts that do not mean \"missing\", such as a class called NA. Default: none.",
        HelpName = "TEXT,…",
    };

    readonly Option<string[]> _numbers = new("--numbers")
    {
        Description = "How a column writes the number 1234.5, where it can be read in two ways: price=1.234,5 or \"share=1,234.5 "
            + "%\". Default: found out for each.",
        HelpName = "COLUMN=1234.5",
    };

    readonly Option<string?> _decimal = new("--decimal")
    {
        Description = "The decimal sign of all numbers: a point or a comma. Default: found out for each column.",
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
        foreach (Option option in new Option[]
        {
            _labels, _delimiter, _skip, _comment, _noHeader, _missing, _notMissing, _decimal, _numbers, _encoding, _types,
        })
        {
            command.Add(option);
        }
    }

    /// <summary>The texts that mean "missing", or null where the flags say nothing of them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="recipe">A recipe whose texts are added to or taken from, or null for the usual ones.</param>
    public IReadOnlyList<string>? Missing(ParseResult parsed, DataRecipe? recipe) =>
        MissingText.Of(recipe?.Missing ?? CsvOptions.UsualMissingTokens, parsed.GetValue(_missing), parsed.GetValue(_notMissing));

    /// <summary>The texts that mean "missing" among numbers, or null where the flags say nothing of them.</summary>
    /// <inheritdoc cref="Missing"/>
    public IReadOnlyList<string>? MissingInNumbers(ParseResult parsed, DataRecipe? recipe) =>
        MissingText.InNumbers(
            recipe?.MissingInNumbers ?? CsvOptions.UsualMissingInNumbers,
            parsed.GetValue(_missing),
            parsed.GetValue(_notMissing));

    /// <summary>The decimal sign, or null where none was given.</summary>
    public char? Decimal(ParseResult parsed) => parsed.GetValue(_decimal) switch
    {
        null => null,
        "." => '.',
        "," => ',',
        var other => throw new BackpropException($"--decimal is . or , and not '{other}'."),
    };

    /// <summary>Whether DATA is a file of images.</summary>
    public bool HasImages(ParseResult parsed) => parsed.GetValue(_labels) is not null;

    /// <summary>What DATA is, or null where it was not given.</summary>
    public string? Path(ParseResult parsed) => parsed.GetValue(_data);

    /// <summary>Reads DATA.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">What DATA is.</param>
    /// <param name="recipe">A recipe that says how cells are read where no flag does, or null.</param>
    /// <param name="adjust">Changes how it is read before it is.</param>
    public Table Read(ParseResult parsed, string path, DataRecipe? recipe, Func<CsvOptions, CsvOptions> adjust) =>
        Read(parsed, path, recipe, (csv, _) => adjust(csv));

    /// <summary>Reads DATA where names of its columns have to be found in what flags say.</summary>
    /// <inheritdoc cref="Read(ParseResult, string, DataRecipe?, Func{CsvOptions, CsvOptions})"/>
    /// <param name="parsed">The command line.</param>
    /// <param name="path">What DATA is.</param>
    /// <param name="recipe">A recipe that says how cells are read where no flag does, or null.</param>
    /// <param name="adjust">Changes how it is read before it is, knowing the names of the columns.</param>
    /// <param name="needsTarget">Whether images must have labels.</param>
    public Table Read(
        ParseResult parsed, string path, DataRecipe? recipe, Func<CsvOptions, IReadOnlyCollection<string>, CsvOptions> adjust,
        bool needsTarget = true)
    {
        string? labels = parsed.GetValue(_labels);
        if (labels is not null || (!needsTarget && File.Exists(path) && Table.IsIdx(path)))
            return ReadImages(parsed, path, labels);
        return ReadFile(path, names => adjust(Csv(parsed, recipe, names), names));
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
            : ReadFile(path, names => adjust(Csv(parsed, recipe, names)));
    }

    Table ReadImages(ParseResult parsed, string path, string? labels)
    {
        Option[] ofText = [_delimiter, _skip, _comment, _noHeader, _missing, _notMissing, _decimal, _numbers, _encoding, _types];
        if (ofText.FirstOrDefault(flag => parsed.GetResult(flag) is { Implicit: false }) is { } senseless)
            throw new BackpropException($"{senseless.Name} is for tables of text, not for images; leave it out.");
        return labels is null ? Table.ReadIdx(path) : Table.ReadIdx(path, labels);
    }

    /// <summary>Reads a file and says what was made of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it if its columns have these names; the file itself has to be read with none
    /// known.</param>
    static Table ReadFile(string path, Func<IReadOnlyCollection<string>, CsvOptions> options)
    {
        const string Sample = "sample:";
        Table table = path.StartsWith(Sample, StringComparison.Ordinal)
            ? Samples.Read(path[Sample.Length..], options([]), names => options(names))
            : Table.ReadCsv(path, options([]), names => options(names));
        if (table.Notes.Count > 0)
            Messages.Progress(null);
        foreach (string note in table.Notes)
            Messages.Line($"{table.Source}: {note}");
        return table;
    }

    CsvOptions Csv(ParseResult parsed, DataRecipe? recipe, IReadOnlyCollection<string> names)
    {
        var options = new CsvOptions
        {
            Delimiter = Delimiter(parsed.GetValue(_delimiter)),
            Skip = Numbers.Whole(parsed, _skip, 0) ?? 0,
            Comment = Comment(parsed.GetValue(_comment)),
            HasHeader = !parsed.GetValue(_noHeader),
            Decimal = Decimal(parsed),
            Encoding = parsed.GetValue(_encoding) is { } name ? EncodingNames.Parse(name) : null,
            Types = TypesText.Parse(parsed.GetValue(_types) ?? [], names),
            Numbers = NumbersText.Parse(parsed.GetValue(_numbers) ?? [], names),
        };
        return Missing(parsed, recipe) is { } missing
            ? options with { MissingTokens = [.. missing], MissingInNumbers = [.. MissingInNumbers(parsed, recipe)!] }
            : options;
    }

    static char? Delimiter(string? text) => text switch
    {
        null => null,
        "tab" or "\\t" => '\t',
        "blank" or "space" => ' ',
        [var only] => only,
        _ => throw new BackpropException($"--delimiter is one character, 'tab' or 'blank', not '{text}'."),
    };

    static char? Comment(string? text) => text switch
    {
        null => null,
        [var only] => only,
        _ => throw new BackpropException($"--comment is one character such as #, not '{text}'."),
    };
}
