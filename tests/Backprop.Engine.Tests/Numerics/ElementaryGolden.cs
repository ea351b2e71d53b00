using System.Text;

namespace Backprop.Engine.Tests;

/// <summary>The sections of tests/golden/elementary.bin; the script beside it says what the fields are.</summary>
static class ElementaryGolden
{
    public readonly record struct Record(double X, double Y, double Result, double Rest);

    static readonly Dictionary<(string Name, int Size), Record[]> s_sections = Read();

    public static Record[] Of(string name, int size) => s_sections[(name, size)];

    static Dictionary<(string, int), Record[]> Read()
    {
        Dictionary<(string, int), Record[]> sections = [];
        using BinaryReader reader = new(File.OpenRead(GoldenFile.PathOf("elementary.bin")));
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            string name = Encoding.ASCII.GetString(reader.ReadBytes(reader.ReadByte()));
            int size = reader.ReadByte();
            var records = new Record[reader.ReadInt32()];
            for (int i = 0; i < records.Length; i++)
            {
                double x = size == 4 ? reader.ReadSingle() : reader.ReadDouble();
                double y = name is "pow" ? reader.ReadDouble() : 0;
                double result = reader.ReadDouble();
                records[i] = new(x, y, result, size == 4 ? 0 : reader.ReadSingle());
            }

            sections.Add((name, size), records);
        }

        return sections;
    }

    /// <summary>
    /// How far <paramref name="actual"/> is from the exact result, in units of the last place of the exact result in an
    /// element type of <paramref name="size"/> bytes; 0 where both are NaN or the same infinity.
    /// </summary>
    public static double UlpError(double actual, Record exact, int size)
    {
        if (double.IsNaN(exact.Result) || double.IsNaN(actual))
            return double.IsNaN(exact.Result) && double.IsNaN(actual) ? 0 : double.PositiveInfinity;

        double limit = size == 4 ? float.MaxValue : double.MaxValue;
        bool overflow = Math.Abs(exact.Result) > limit;
        if (double.IsInfinity(actual))
            return overflow && Math.Sign(actual) == Math.Sign(exact.Result) ? 0 : double.PositiveInfinity;
        if (overflow)
            return double.PositiveInfinity;

        double ulp = Ulp(exact.Result, size);
        return Math.Abs((actual - exact.Result) / ulp - exact.Rest);
    }

    static double Ulp(double value, int size)
    {
        double magnitude = Math.Abs(value);
        if (size == 4)
            return Math.ScaleB(1, Math.Max(Math.ILogB(Math.Max(magnitude, float.Epsilon)), -126) - 23);
        return magnitude < 2.2250738585072014E-308 ? double.Epsilon : Math.BitIncrement(magnitude) - magnitude;
    }
}
