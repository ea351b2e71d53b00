using Xunit;
using static Backprop.Tests.Tabular;

namespace Backprop.Tests;

public class TextFormatsTests
{
    [Theory]
    [InlineData("JSON:", "[\n {\"a\": 1},\n {\"a\": 2}\n]")]
    [InlineData("JSON:", "{\"columns\": [\"a\"], \"data\": [[1]]}")]
    [InlineData("JSON:", "\uFEFF [[1, 2], [3, 4]]")]
    [InlineData("JSON lines:", "{\"a\": 1}\n{\"a\": 2}\n")]
    [InlineData("ARFF", "% Iris\n%\n\n@RELATION iris\n@ATTRIBUTE a NUMERIC\n@DATA\n1\n")]
    [InlineData("LIBSVM", "-1 1:0.5 3:2\n+1 2:1e-3\n")]
    [InlineData("LIBSVM", "3 qid:1 1:0.5 # more\n1 qid:1 2:1\n")]
    [InlineData("a web page", "\n\n<!DOCTYPE html>\n<html lang=\"en\">")]
    [InlineData("a web page", "<!-- saved -->\n<HTML><body>")]
    [InlineData("a web page", "<table border=1><tr><td>1</td></tr></table>")]
    [InlineData("XML:", "<?xml version=\"1.0\"?>\n<rows><row a=\"1\"/></rows>")]
    [InlineData("XML:", "<rows>\n<row><a>1</a></row></rows>")]
    [InlineData("an Excel workbook as XML", "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook>")]
    [InlineData("an RTF document", "{\\rtf1\\ansi a,b}")]
    [InlineData("YAML", "---\n- a: 1\n  b: 2\n")]
    [InlineData("YAML", "- a: 1\n  b: 2\n- a: 3\n  b: 4\n")]
    [InlineData("SQL", "-- MySQL dump\n--\n\nDROP TABLE IF EXISTS `t`;\n")]
    [InlineData("SQL", "INSERT INTO t VALUES (1,2);\n")]
    [InlineData("a table drawn with lines", "+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n")]
    [InlineData("a table drawn with lines", " a | b\n---+---\n 1 | 2\n")]
    [InlineData("a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:1\n")]
    [InlineData("a SAS transport file", "HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!0000")]
    public void Names_texts_that_are_no_delimited_table(string name, string text)
    {
        string sentence = Refusal(text);
        Assert.StartsWith($"data.csv is {name}", sentence, StringComparison.Ordinal);
        Assert.Contains(": ", sentence, StringComparison.Ordinal);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[a],[b]\n1,2\n2,3\n")]
    [InlineData("{a},{b}\n1,2\n2,3\n")]
    [InlineData("<5,>5\n1,2\n2,3\n")]
    [InlineData("@user,n\nx,2\ny,3\n")]
    [InlineData("-1,a\n2,b\n3,c\n")]
    [InlineData("create date,n\n2020-01-01,1\n2020-01-02,2\n")]
    [InlineData("set a,b\n1,2\n2,3\n")]
    [InlineData("use,b\n1,2\n2,3\n")]
    [InlineData("1:2,b\n1:3,2\n")]
    [InlineData("%,b\n1,2\n2,3\n")]
    public void Takes_what_only_begins_like_one(string text) => Assert.Equal(2, Csv(text).Columns.Count);
}
