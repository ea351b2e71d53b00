namespace Backprop.Cli;

/// <summary>Writes a page of help at a width: what a flag is beside it where there is room, else below it.</summary>
sealed class HelpWriter(TextWriter output, int width)
{
    const int Margin = 2;

    /// <summary>From this width on there is room for two columns.</summary>
    const int WideEnough = 80;

    /// <summary>A head that is longer has a line of its own.</summary>
    const int WidestHead = 26;

    public void Write(HelpPage page)
    {
        Prose(page.Summary, 0);
        output.WriteLine();
        output.WriteLine("Usage:");
        Prose(page.Usage, Margin);
        foreach (HelpSection section in page.Sections)
        {
            output.WriteLine();
            output.WriteLine($"{section.Title}:");
            int column = Column(section);
            foreach (HelpEntry entry in section.Entries)
                Write(entry, column);
        }

        output.WriteLine();
        output.WriteLine(page.Examples.Count == 1 ? "Example:" : "Examples:");
        foreach (string example in page.Examples)
            Example(example);
    }

    int Column(HelpSection section)
    {
        if (width < WideEnough)
            return 3 * Margin;
        IEnumerable<int> heads = section.Entries.Select(entry => entry.Head.Length).Where(length => length <= WidestHead);
        return Margin + heads.DefaultIfEmpty(WidestHead).Max() + Margin;
    }

    void Write(HelpEntry entry, int column)
    {
        string text = entry.Values.Count == 0 ? entry.Text : $"{entry.Text}\nKnown: {string.Join(", ", entry.Values)}.";
        string head = new string(' ', Margin) + entry.Head;
        bool isBeside = head.Length + Margin <= column;
        if (!isBeside)
            output.WriteLine(head);
        foreach (string line in WordWrap.Lines(text, width - column - 1))
        {
            output.WriteLine((isBeside ? head.PadRight(column) : new string(' ', column)) + line);
            (isBeside, head) = (true, "");
        }
    }

    void Prose(string text, int indent)
    {
        foreach (string line in WordWrap.Lines(text, width - indent - 1))
            output.WriteLine(new string(' ', indent) + line);
    }

    /// <summary>An example goes on in a next line in the way of a shell, so that it can be copied.</summary>
    void Example(string text)
    {
        string[] lines = [.. WordWrap.Lines(text, width - 4 * Margin)];
        for (int i = 0; i < lines.Length; i++)
            output.WriteLine(new string(' ', i == 0 ? Margin : 2 * Margin) + lines[i] + (i < lines.Length - 1 ? @" \" : ""));
    }
}
