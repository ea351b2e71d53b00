namespace Backprop;

/// <summary>Tells files that are no text by their first bytes.</summary>
static class FileMagic
{
    const int TarPlace = 257;
    const string R = "export it as CSV, in R: write.csv(x, FILE, row.names = FALSE)";

    static readonly (byte[] Start, string Name, string Advice)[] s_known =
    [
        ([0x1F, 0x8B], "gzip-compressed twice", "uncompress it once"),
        ([.. "PAR1"u8], "a Parquet file", Pandas("read_parquet")),
        ([.. "PK"u8, 3, 4], "a zip archive, as Excel workbooks are", "unpack it, or save the sheet as CSV"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Office document", "save the sheet as CSV"),
        ([.. "SQLite format 3"u8, 0], "an SQLite database", "export the table as CSV"),
        ([0x89, .. "HDF"u8], "an HDF5 file", "export it as CSV"),
        ([0x93, .. "NUMPY"u8], "a NumPy array",
            "export it as CSV, in Python: numpy.savetxt(FILE, numpy.load(FILE), delimiter=\",\")"),
        ([.. "ARROW1"u8], "an Arrow file", Pandas("read_feather")),
        ([.. "FEA1"u8], "a Feather file", Pandas("read_feather")),
        ([.. "ORC"u8, 8], "an ORC file", Pandas("read_orc")),
        ([.. "Obj"u8, 1], "an Avro file", "export it as CSV"),
        ([.. "RDX2\n"u8], "R data", R),
        ([.. "RDX3\n"u8], "R data", R),
        ([.. "X\n"u8, 0, 0, 0, 2], "R data", R),
        ([.. "X\n"u8, 0, 0, 0, 3], "R data", R),
        ([.. "MATLAB 5.0 MAT"u8], "a MATLAB file", "export it as CSV, in MATLAB: writetable(array2table(X), FILE)"),
        ([.. "MATLAB 7.3 MAT"u8], "a MATLAB file", "export it as CSV, in MATLAB: writetable(array2table(X), FILE)"),
        ([0x71, 1, 1, 0], "a Stata file", Pandas("read_stata")),
        ([0x71, 2, 1, 0], "a Stata file", Pandas("read_stata")),
        ([0x72, 1, 1, 0], "a Stata file", Pandas("read_stata")),
        ([0x72, 2, 1, 0], "a Stata file", Pandas("read_stata")),
        ([0x73, 1, 1, 0], "a Stata file", Pandas("read_stata")),
        ([0x73, 2, 1, 0], "a Stata file", Pandas("read_stata")),
        ([.. "$FL2"u8], "an SPSS file", Pandas("read_spss")),
        ([.. "$FL3"u8], "an SPSS file", Pandas("read_spss")),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xC2, 0xEA, 0x81, 0x60], "a SAS file", Pandas("read_sas")),
        ([0x80, 2], "a Python pickle", "load it in Python and export it as CSV"),
        ([0x80, 3], "a Python pickle", "load it in Python and export it as CSV"),
        ([0x80, 4, 0x95], "a Python pickle", Pandas("read_pickle")),
        ([0x80, 5, 0x95], "a Python pickle", Pandas("read_pickle")),
        ([0x89, .. "PNG"u8], "a PNG image", "give a table or an IDX pair"),
        ([0xFF, 0xD8, 0xFF], "a JPEG image", "give a table or an IDX pair"),
        ([.. "%PDF-"u8], "a PDF document", "give a table"),
        ([.. "BZh"u8], "compressed with bzip2", "uncompress it, or compress it with gzip"),
        ([0xFD, .. "7zXZ"u8], "compressed with xz", "uncompress it, or compress it with gzip"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd", "uncompress it, or compress it with gzip"),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive", "unpack it"),
        ([.. "Rar!"u8, 0x1A], "a RAR archive", "unpack it"),
    ];

    /// <summary>What a file is that begins so and is no table, and what to do about it; null for what may be text.</summary>
    public static (string Name, string Advice)? Recognise(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] magic, string name, string advice) in s_known)
        {
            if (start.StartsWith(magic))
                return (name, advice);
        }

        // A tar archive says so in the header of its first file.
        if (start.Length > TarPlace && start[TarPlace..].StartsWith("ustar"u8))
            return ("a tar archive", "unpack it");
        if (start.Length >= 4 && start[0] == 0 && start[1] == 0 && start[2] is >= 8 and <= 14 && start[3] is >= 1 and <= 8)
            return ("an IDX file", "give the images as data and the labels with --labels");

        // Eight bytes say how long the JSON is with which it begins.
        if (start.Length > 8 && start[8] == '{' && start[4..8].IndexOfAnyExcept((byte)0) < 0
            && start[..4].IndexOfAnyExcept((byte)0) >= 0)
        {
            return ("a safetensors file", "models are not data, give a table");
        }

        // A dBase table says when it was written.
        if (start.Length > 32 && start[0] is 0x03 or 0x83 or 0xF5 && start[2] is >= 1 and <= 12 && start[3] is >= 1 and <= 31)
            return ("a dBase table", "save it as CSV");

        // An ONNX model begins with its version (field 1, a small number), then texts or the graph (fields 2 to 8).
        if (start.Length >= 3
            && start[0] == 0x08
            && start[1] is >= 1 and <= 32
            && start[2] >> 3 is >= 2 and <= 8
            && (start[2] & 7) is 0 or 2)
        {
            return ("an ONNX model", "models are not data, give a table");
        }

        return null;
    }

    static string Pandas(string reader) => $"export it as CSV, in Python: pandas.{reader}(FILE).to_csv(FILE, index=False)";
}
