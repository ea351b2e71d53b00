namespace Backprop;

/// <summary>Writing an <see cref="Explanation"/> down in a notation.</summary>
public static class ExplanationNotating
{
    extension(Explanation explanation)
    {
        /// <summary>The same in the symbols and conventions of a notation.</summary>
        /// <param name="notation">The notation.</param>
        /// <exception cref="BackpropException">The notation cannot express the network, its loss or its outputs; it says
        /// why.</exception>
        public NotatedExplanation In(Notation notation)
        {
            ArgumentNullException.ThrowIfNull(notation);
            return notation.Write(explanation);
        }
    }
}
