using System.Globalization;

namespace Backprop;

/// <summary>
/// The cells of one column whose type is known: of a property, or of a field of a query. Only what the cells are has to be
/// found out by their type; whether the column is an identifier or free text is inferred as for a file.
/// </summary>
sealed class TypedCells
{
    // The numbers that Type.GetTypeCode does not know.
    static readonly Type[] s_numbersWithoutCode = [typeof(Half), typeof(Int128), typeof(UInt128), typeof(nint), typeof(nuint)];

    readonly string _source;
    readonly string _name;
    readonly Type _type;
    readonly Form _form;
    readonly ColumnBuilder _builder;

    public TypedCells(string source, string name, Type type, int columns)
    {
        _source = source;
        _name = name;
        _type = Nullable.GetUnderlyingType(type) ?? type;
        _form = FormOf(_type);
        _builder = new ColumnBuilder(name, columns);
        if (_form == Form.Other)
            _builder.Forget();
    }

    enum Form
    {
        Number,
        YesNo,
        Text,
        Other,
    }

    /// <summary>Takes the cell of a row.</summary>
    /// <param name="cell">The value; null and DBNull are missing.</param>
    /// <param name="row">The row from 1, for messages.</param>
    public void Add(object? cell, long row)
    {
        if (cell is null or DBNull)
            _builder.AddMissing();
        else if (_form == Form.Number)
            AddNumber(cell, row);
        else if (_form == Form.YesNo)
            _builder.AddText((bool)cell ? "true" : "false");
        else
            AddText(cell);
    }

    public Column Finish() => _form switch
    {
        Form.Number => _builder.FinishNumbers(given: null, texts: null),
        Form.YesNo => _builder.FinishTexts(ColumnKind.YesNo, texts: null),
        Form.Text => _builder.FinishTexts(given: null, texts: null),
        _ => _builder.FinishUnused(ColumnKind.Text, $"its type {_type.Name} is neither number, text nor yes/no", texts: null),
    };

    static Form FormOf(Type type)
    {
        if (type.IsEnum || type == typeof(string) || type == typeof(char))
            return Form.Text;
        if (s_numbersWithoutCode.Contains(type))
            return Form.Number;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => Form.YesNo,
            >= TypeCode.SByte and <= TypeCode.Decimal => Form.Number,
            _ => Form.Other,
        };
    }

    void AddNumber(object cell, long row)
    {
        double value = cell switch
        {
            double number => number,
            float number => number,
            Half number => (double)number,
            Int128 number => (double)number,
            UInt128 number => (double)number,
            nint number => number,
            nuint number => number,
            _ => ((IConvertible)cell).ToDouble(CultureInfo.InvariantCulture),
        };
        if (double.IsInfinity(value))
        {
            throw new BackpropException(
                $"{_source}, row {row}, column '{_name}': the number is infinite, which is no value to learn from.");
        }

        if (double.IsNaN(value))
            _builder.AddMissing();
        else
            _builder.AddNumber(value);
    }

    void AddText(object cell)
    {
        ReadOnlySpan<char> text = _form == Form.Other ? "" : cell.ToString().AsSpan().Trim();
        if (text.IsEmpty)
            _builder.AddMissing();
        else
            _builder.AddText(text);
    }
}
