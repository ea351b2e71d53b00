using Xunit;

namespace Backprop.Tests;

public class ComposedTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("\u0308x", "\u0308x")]
    [InlineData("Gro\u0308\u00DFe", "Gr\u00F6\u00DFe")]
    [InlineData("e\u0301e\u0300", "\u00E9\u00E8")]
    [InlineData("A\u0302\u0301", "\u1EA4")]
    [InlineData("\u0438\u0306", "\u0439")]
    [InlineData("\u304B\u3099", "\u304C")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "\uD55C\uAE00")]
    [InlineData("x\u0301", "x\u0301")]
    [InlineData("\uAC01\u11AB", "\uAC01\u11AB")]
    public void Composes_letters_and_marks(string text, string composed) => Assert.Equal(composed, ComposedText.Of(text));
}
