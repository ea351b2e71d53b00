namespace Backprop;

/// <summary>Showing what a <see cref="Model"/> makes of rows.</summary>
public static class ModelExplaining
{
    extension(Model model)
    {
        /// <summary>Shows rows going through the network and back, and the update that would follow from them.</summary>
        /// <param name="table">
        /// A table with the model's <see cref="Model.Columns"/> and its target; without the target only the value flow says
        /// something, see <see cref="Explanation.HasTarget"/>.
        /// </param>
        /// <param name="rows">The rows, counted from 0; they are taken as one batch, in this order.</param>
        /// <param name="checkpoint">Where this model's training stood: its parameters, and what the optimizer remembers, are
        /// taken from there, and the update is the next step. Null for the model's own parameters and a first step.</param>
        /// <exception cref="BackpropException">
        /// There is no such row, a column is missing or of another kind, a row's target is missing or unknown, or the
        /// checkpoint is of another training.
        /// </exception>
        public Explanation Explain(Table table, IReadOnlyList<int> rows, Checkpoint? checkpoint = null)
        {
            ArgumentNullException.ThrowIfNull(table);
            ArgumentNullException.ThrowIfNull(rows);
            if (rows.Count == 0)
                throw new BackpropException("There is no row to explain.");
            foreach (int row in rows)
            {
                if (row < 0 || row >= table.RowCount)
                {
                    throw new BackpropException(
                        $"There is no row {row}; the rows of {table.Source} count from 0 to {table.RowCount - 1}.");
                }
            }

            Table named = model.Named(table, withTarget: true);
            return model.Core.IsDouble
                ? ExplanationBuilder<double>.Of(model, named, [.. rows], checkpoint)
                : ExplanationBuilder<float>.Of(model, named, [.. rows], checkpoint);
        }
    }
}
