using System.Globalization;
using System.Text;

namespace Backprop;

/// <summary>
/// Texts without what does not show: letters composed with their marks or not, of full width or not, capital or not, with blanks
/// or without. The program carries no tables of Unicode's forms, so these are the letters of Latin alphabets.
/// </summary>
static class LetterForms
{
    // Each mark, and pairs of a letter and the letter with it.
    static readonly (char Mark, string Pairs)[] s_marks =
    [
        ('\u0300', "aàeèiìoòuùnǹAÀEÈIÌOÒUÙNǸ"),
        ('\u0301', "aáeéiíoóuúyýcćlĺnńrŕsśzźAÁEÉIÍOÓUÚYÝCĆLĹNŃRŔSŚZŹ"),
        ('\u0302', "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷAÂEÊIÎOÔUÛCĈGĜHĤJĴSŜWŴYŶ"),
        ('\u0303', "aãnñoõiĩuũAÃNÑOÕIĨUŨ"),
        ('\u0304', "aāeēiīoōuūAĀEĒIĪOŌUŪ"),
        ('\u0306', "aăeĕgğiĭoŏuŭAĂEĔGĞIĬOŎUŬ"),
        ('\u0307', "cċeėgġzżCĊEĖGĠIİZŻ"),
        ('\u0308', "aäeëiïoöuüyÿAÄEËIÏOÖUÜYŸ"),
        ('\u030a', "aåuůAÅUŮ"),
        ('\u030b', "oőuűOŐUŰ"),
        ('\u030c', "cčdďeěnňrřsštťzžCČDĎEĚNŇRŘSŠTŤZŽ"),
        ('\u0327', "cçgģkķlļnņrŗsştţCÇGĢKĶLĻNŅRŖSŞTŢ"),
        ('\u0328', "aąeęiįuųAĄEĘIĮUŲ"),
    ];

    static readonly Dictionary<char, string> s_parts = s_marks
        .SelectMany(mark => mark.Pairs.Chunk(2), (mark, pair) => (Whole: pair[1], Parts: $"{pair[0]}{mark.Mark}"))
        .ToDictionary(pair => pair.Whole, pair => pair.Parts);

    /// <summary>The text with its letters and marks apart, at usual width, without what has no width.</summary>
    public static string Apart(string text)
    {
        var apart = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            // From ！ to ～, the letters of full width stand in the order of those of ASCII.
            char usual = letter is >= '\uff01' and <= '\uff5e' ? (char)(letter - '\uff01' + '!') : letter;
            if (s_parts.TryGetValue(usual, out string? parts))
                apart.Append(parts);
            else if (char.GetUnicodeCategory(usual) != UnicodeCategory.Format)
                apart.Append(usual);
        }

        return apart.ToString();
    }

    /// <summary>The text without blanks.</summary>
    public static string WithoutBlanks(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
