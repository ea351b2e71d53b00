using System.Text;

namespace Backprop;

/// <summary>Texts kept as UTF-8, one after the other in blocks: a text costs its bytes and four more, not an object.</summary>
sealed class TextStore
{
    const int Shift = 10;
    const int Mask = (1 << Shift) - 1;

    readonly List<byte[]> _blocks = [];
    readonly List<int[]> _ends = [];
    byte[] _bytes = new byte[1 << Shift];
    int[] _open = [];
    int _used;

    public int Count { get; private set; }

    public string this[int index]
    {
        get
        {
            int block = index >> Shift, offset = index & Mask;
            int[] ends = block < _ends.Count ? _ends[block] : _open;
            byte[] bytes = block < _blocks.Count ? _blocks[block] : _bytes;
            int start = offset == 0 ? 0 : ends[offset - 1];
            return Encoding.UTF8.GetString(bytes, start, ends[offset] - start);
        }
    }

    public void Add(ReadOnlySpan<char> text)
    {
        if (_open.Length == 0)
            _open = new int[Mask + 1];
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_bytes.Length - _used < most)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + most));
        _used += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_used));
        _open[Count++ & Mask] = _used;
        if ((Count & Mask) == 0)
            Seal(Mask + 1);
    }

    /// <summary>Gives back what the last block does not need. Nothing can be added afterwards.</summary>
    public void Close()
    {
        if ((Count & Mask) != 0)
            Seal(Count & Mask);
        _bytes = [];
    }

    void Seal(int count)
    {
        _blocks.Add(_bytes.AsSpan(0, _used).ToArray());
        _ends.Add(_open.Length == count ? _open : _open.AsSpan(0, count).ToArray());
        _open = [];
        _used = 0;
    }
}
