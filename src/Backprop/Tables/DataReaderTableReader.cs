namespace Backprop;

static class DataReaderTableReader
{
    public static Table Read(System.Data.IDataReader reader, string source) => throw new NotSupportedException("Not there yet.");
}
