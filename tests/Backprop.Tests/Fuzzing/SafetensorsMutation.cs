using System.Buffers.Binary;
using System.Text;

namespace Backprop.Tests;

/// <summary>Damages a safetensors file's header, lengths, offsets and numbers, mostly so that the rest still fits.</summary>
static class SafetensorsMutation
{
    public static byte[] Of(byte[] file, Draw draw)
    {
        if (file.Length < 8 || BinaryPrimitives.ReadUInt64LittleEndian(file) is var length && length > (ulong)(file.Length - 8))
            return file;
        byte[] header = file[8..(8 + (int)length)], data = file[(8 + (int)length)..];
        if (draw.OneIn(8))
            data = ByteMutation.Of(data, header, draw);
        if (!draw.OneIn(8))
            header = Encoding.UTF8.GetBytes(JsonMutation.Of(Encoding.UTF8.GetString(header), draw));
        byte[] result = [.. new byte[8], .. header, .. data];
        BinaryPrimitives.WriteInt64LittleEndian(result, draw.OneIn(16) ? draw.Interesting() : header.Length);
        return result;
    }
}
