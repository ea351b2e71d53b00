using Backprop.Engine;

namespace Backprop.Cli;

sealed partial class ExplainJson
{
    void Text(string name, MathText text)
    {
        if (text.Plain.Length == 0)
            return;
        _json.WriteStartObject(name);
        _json.WriteString("plain", text.Plain);
        _json.WriteString("latex", text.Latex);
        _json.WriteEndObject();
    }

    void Texts(string? name, IEnumerable<string> texts)
    {
        if (name is null)
            _json.WriteStartArray();
        else
            _json.WriteStartArray(name);
        foreach (string text in texts)
            _json.WriteStringValue(text);
        _json.WriteEndArray();
    }

    void Matrix(string name, ReadOnlyMatrix<double>? matrix)
    {
        if (matrix is null)
        {
            _json.WriteNull(name);
            return;
        }

        _json.WriteStartArray(name);
        for (int row = 0; row < matrix.Rows; row++)
        {
            _json.WriteStartArray();
            foreach (double value in matrix[row])
                Number(value);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }

    void Vector(string name, ReadOnlyMatrix<double>? vector)
    {
        if (vector is null)
            _json.WriteNull(name);
        else
            Numbers(name, vector[0].ToArray());
    }

    void Numbers(string name, IEnumerable<int> numbers, Func<int, int> shown)
    {
        _json.WriteStartArray(name);
        foreach (int number in numbers)
            _json.WriteNumberValue(shown(number));
        _json.WriteEndArray();
    }

    void Numbers(string name, IEnumerable<double> numbers)
    {
        _json.WriteStartArray(name);
        foreach (double number in numbers)
            Number(number);
        _json.WriteEndArray();
    }

    void Doubles(string name, IEnumerable<double> numbers)
    {
        _json.WriteStartArray(name);
        foreach (double number in numbers)
            Double(number);
        _json.WriteEndArray();
    }

    /// <summary>A number of the model's precision, or computed of such in double.</summary>
    void Number(double value)
    {
        if (_explanation.Precision == Precision.Single && (double)(float)value == value && double.IsFinite(value))
            _json.WriteNumberValue((float)value);
        else
            Double(value);
    }

    void Double(double value)
    {
        if (double.IsFinite(value))
            _json.WriteNumberValue(value);
        else
            _json.WriteNullValue();
    }

    void Double(string name, double value)
    {
        _json.WritePropertyName(name);
        Double(value);
    }

    static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
