namespace Backprop;

/// <summary>What the cells of a column are, and so how a network can take them.</summary>
public enum ColumnKind
{
    /// <summary>Numbers; a missing cell is NaN.</summary>
    Number,

    /// <summary>Texts out of a limited set, kept as codes.</summary>
    Category,

    /// <summary>
    /// Yes and no. A column is taken for it by itself where all its cells are the two of yes/no, true/false, y/n or t/f, in any
    /// case. Where the kind is given, or a model has it, these mean yes: yes, y, true, t, on, 1, ja, j, wahr, oui, vrai, si, sí,
    /// sì, vero, sim, tak; and these no: no, n, false, f, off, 0, nein, falsch, nee, nej, non, faux, falso, não, nao, nie.
    /// </summary>
    YesNo,

    /// <summary>Free text; left out of training.</summary>
    Text,

    /// <summary>Whole numbers that only name the row; left out of training.</summary>
    Identifier,
}
