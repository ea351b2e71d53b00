using System.Globalization;
using System.Text.Json;

namespace Backprop;

/// <summary>
/// The cells of one column whose type is known: of a property, or of a field of a query. Only what the cells are has to be
/// found out by their type; whether the column is an identifier or free text is inferred as for a file, except that free text is
/// kept: a model may know it as categories.
/// </summary>
sealed class TypedCells
{
    // The numbers that Type.GetTypeCode does not know.
    static readonly Type[] s_numbersWithoutCode = [typeof(Half), typeof(Int128), typeof(UInt128), typeof(nint), typeof(nuint)];

    readonly string _source;
    readonly string _name;
    readonly Type _type;
    readonly CellForm _form;
    readonly int _columns;
    readonly ColumnBuilder _builder;
    readonly TextStore? _texts;
    readonly UntypedCells? _untyped;

    public TypedCells(string source, string name, Type type, int columns)
    {
        _source = source;
        _name = name;
        _type = Nullable.GetUnderlyingType(type) ?? type;
        _form = FormOf(_type);
        _columns = columns;
        _builder = new ColumnBuilder(name, columns);
        _texts = _form == CellForm.Text ? new TextStore() : null;
        _untyped = _form == CellForm.Any ? new UntypedCells(source, name) : null;
        if (_form == CellForm.Other)
            _builder.Forget();
    }

    /// <summary>Takes the cell of a row.</summary>
    /// <param name="cell">The value; null and DBNull are missing.</param>
    /// <param name="row">The row from 1, for messages.</param>
    public void Add(object? cell, long row)
    {
        if (_untyped is not null)
            _untyped.TryAdd(cell, (int)row - 1);
        else if (cell is null or DBNull)
            AddMissing();
        else if (_form == CellForm.Number)
            AddNumber(cell, row);
        else if (_form == CellForm.YesNo)
            _builder.AddText((bool)cell ? "true" : "false");
        else if (_form == CellForm.Other)
            _builder.AddText("");
        else
            AddText(cell);
    }

    /// <summary>The column, after its last row.</summary>
    /// <param name="rows">The rows.</param>
    public Column Finish(int rows) => _form switch
    {
        CellForm.Any => _untyped!.Finish(rows, _columns),
        CellForm.Number => _builder.FinishNumbers(given: null, texts: null),
        CellForm.YesNo => _builder.FinishTexts(ColumnKind.YesNo, texts: null),
        CellForm.Text => FinishTexts(),
        _ => _builder.FinishUnused(ColumnKind.Text, ReasonFor(_type), texts: null),
    };

    /// <summary>Why a column of such a type is of no use.</summary>
    public static string ReasonFor(Type type) => $"its type {type.Name} is neither number, text nor yes/no";

    /// <summary>What values of a type are as cells.</summary>
    public static CellForm FormOf(Type type)
    {
        if (type.IsEnum || type == typeof(string) || type == typeof(char))
            return CellForm.Text;
        if (type == typeof(object) || type == typeof(JsonElement))
            return CellForm.Any;
        if (s_numbersWithoutCode.Contains(type))
            return CellForm.Number;
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => CellForm.YesNo,
            >= TypeCode.SByte and <= TypeCode.Decimal => CellForm.Number,
            _ => CellForm.Other,
        };
    }

    void AddMissing()
    {
        _builder.AddMissing();
        _texts?.Add("");
    }

    Column FinishTexts()
    {
        Column column = _builder.FinishTexts(given: null, texts: null);
        _texts!.Close();
        return column.Kind == ColumnKind.Text ? column.WithTexts(_texts) : column;
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
        ReadOnlySpan<char> text = cell.ToString().AsSpan().Trim();
        if (text.IsEmpty)
        {
            AddMissing();
            return;
        }

        _builder.AddText(text);
        _texts?.Add(text);
    }
}
