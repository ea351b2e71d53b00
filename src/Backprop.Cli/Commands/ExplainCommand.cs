using System.Collections.Immutable;
using System.CommandLine;
using System.Text;

namespace Backprop.Cli;

/// <summary><c>backprop explain MODEL DATA --row N</c>.</summary>
static class ExplainCommand
{
    public static Command Create()
    {
        Argument<string> modelPath = ModelArgument.Create();
        var data = new DataOptions();
        var row = new Option<string[]>("--row")
        {
            Description = "The row to show, counted from 1; several (3,8 or 3-8) are shown as one batch. It must be given.",
            HelpName = "N,M,A-B",
            Required = true,
        };
        var notation = new Option<string?>("--notation")
        {
            Description = "In whose symbols and conventions. Default: engine.",
            HelpName = "NAME",
        };
        var layer = new Option<string?>("--layer")
        {
            Description = "Show this layer only, counted from 1. Default: all.",
            HelpName = "K",
        };
        var neuron = new Option<string?>("--neuron")
        {
            Description = "Show this neuron of --layer only, counted from 1. Default: all.",
            HelpName = "I",
        };
        var top = new Option<string?>("--top")
        {
            Description = "The most lines of a table, those of the largest numbers; 0 for all. Default: 10 weights, 40 neurons.",
            HelpName = "N",
        };
        var from = new Option<string?>("--checkpoint")
        {
            Description = "Where a training stood: show the next update from there. In the place of MODEL, DATA is then what is "
                + "trained on; with the model of the same training, any rows. Default: none.",
            HelpName = "FILE",
        };
        Option<bool> json = JsonFlag.Create();
        json.Description = "Write everything as one JSON object; --layer, --neuron and --top leave nothing out of it.";
        var latex = new Option<bool>("--latex") { Description = "Write a LaTeX fragment." };
        var markdown = new Option<bool>("--markdown") { Description = "Write Markdown." };
        var command = new Command(
            "explain",
            "Shows rows going through a model: inputs, every layer's values, loss, errors back to the inputs, and the first "
            + "update that the model's recipe would make from these rows alone.");
        command.Add(modelPath);
        data.AddTo(command, isLast: true);
        foreach (Option option in new Option[] { row, from, notation, layer, neuron, top, json, latex, markdown })
            command.Add(option);
        command.SetAction(parsed =>
        {
            Option<bool>[] forms = [.. new[] { json, latex, markdown }.Where(form => parsed.GetValue(form))];
            if (forms.Length > 1)
                throw new BackpropException($"{forms[0].Name} and {forms[1].Name} are two forms of output; choose one.");
            Notation chosen = parsed.GetValue(notation) is { } name ? Notation.Parse(name) : Notation.Engine;
            string path = parsed.GetRequiredValue(modelPath);
            Checkpoint? checkpoint = parsed.GetValue(from) is { } file ? Checkpoint.Load(file) : null;
            Model? model = null;
            Table table;
            if (data.Path(parsed) is { } rows)
            {
                model = Model.Load(path);
                table = data.Read(
                    parsed, rows, model.Recipe.Data, (csv, columns) => Adjust(model, csv, columns), needsTarget: false);
            }
            else if (checkpoint is not null)
            {
                table = data.Read(parsed, path, checkpoint.Recipe.Data, checkpoint.Recipe.Data.ToCsvOptions);
                model = checkpoint.ToModel(table);
            }
            else
            {
                throw new BackpropException(
                    "backprop explain needs MODEL and DATA: a file, - for standard input, or sample:iris.");
            }

            PageSelection selection = Selection(
                model, Numbers.Whole(parsed, layer, 1), Numbers.Whole(parsed, neuron, 1), Numbers.Whole(parsed, top, 0));
            Explanation explanation = model.Explain(
                table, RowNumbers.Parse(parsed.GetRequiredValue(row), table.RowCount), checkpoint);
            UnseenReport.Print(explanation.Unseen);
            if (!explanation.HasTarget)
            {
                Messages.Line(
                    $"{table.Source} does not have the target {string.Join(", ", explanation.TargetColumns)}, so only inputs "
                    + "and values are shown: there is no loss, and no error that flows back.");
            }

            NotatedExplanation notated = explanation.In(chosen);
            if (parsed.GetValue(json))
            {
                using Stream output = Console.OpenStandardOutput();
                bool isAsked = parsed.GetValue(notation) is not null;
                ExplainJson.Write(explanation, isAsked ? notated : null, path, output);
                return ExitCode.Done;
            }

            List<PageBlock> page = ExplainPage.Of(notated, selection);
            using var writer = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n" };
            if (parsed.GetValue(latex))
                LatexPage.Write(page, writer);
            else if (parsed.GetValue(markdown))
                MarkdownPage.Write(page, writer);
            else
                TerminalPage.Write(page, writer, TerminalPage.Width);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>
    /// Reads the cells' text as it stands, and the target and the column of row weights where there is a target.
    /// </summary>
    static CsvOptions Adjust(Model model, CsvOptions csv, IReadOnlyCollection<string> columns)
    {
        bool hasTarget = model.Recipe.Data.Target.Any(columns.Contains);
        return model.ToCsvOptions(
            csv with { KeepText = hasTarget ? [.. model.Columns, .. model.Recipe.Data.Target] : model.Columns },
            withTarget: hasTarget);
    }

    static PageSelection Selection(Model model, int? layer, int? neuron, int? top)
    {
        ImmutableArray<int> widths =
            [.. model.Network.Layout.Tensors.Select(tensor => tensor.Layer).Distinct().Select(model.Network.OutputsOf)];
        int layers = widths.Length;
        if (layer > layers)
            throw new BackpropException($"There is no layer {layer}; layers count from 1 to {layers}.");
        if (neuron is not null && layer is null)
            throw new BackpropException("--neuron is a neuron of a layer; say which with --layer.");
        if (neuron > widths[layer.GetValueOrDefault(1) - 1])
        {
            throw new BackpropException(
                $"There is no neuron {neuron} in layer {layer}; its neurons count from 1 to "
                + $"{widths[layer.GetValueOrDefault(1) - 1]}.");
        }

        return new PageSelection(layer, neuron, top);
    }
}
