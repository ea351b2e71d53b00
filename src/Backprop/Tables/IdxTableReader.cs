namespace Backprop;

static class IdxTableReader
{
    public static Table Read(DataFile images, DataFile labels) => throw new NotSupportedException("Not there yet.");
}
