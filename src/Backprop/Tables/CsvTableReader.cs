namespace Backprop;

static class CsvTableReader
{
    public static Table Read(DataFile file, CsvOptions options) => throw new NotSupportedException("Not there yet.");
}
