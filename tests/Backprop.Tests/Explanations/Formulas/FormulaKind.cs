namespace Backprop.Tests;

/// <summary>The parts that printed formulas are made of.</summary>
enum FormulaKind
{
    Number = 0,
    Reference = 1,
    Call = 2,
    Function = 3,
    Add = 4,
    Negate = 5,
    Multiply = 6,
    ElementWise = 7,
    Divide = 8,
    Power = 9,
    Absolute = 10,
    Root = 11,
    Sum = 12,
    Product = 13,
    Where = 14,
    Concatenation = 15,
    Gather = 16,
    Slice = 17,
}
