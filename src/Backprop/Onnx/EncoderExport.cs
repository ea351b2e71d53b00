namespace Backprop;

/// <summary>Writes the operations of encoders into a graph.</summary>
static class EncoderExport
{
}
