using Backprop.Engine;

namespace Backprop;

/// <summary>Checking the gradient of a <see cref="Model"/>.</summary>
public static class ModelChecking
{
    extension(Model model)
    {
        /// <summary>
        /// Checks the gradient of this network on these rows against differences of the loss, in double precision whatever the
        /// model's, with the recipe's loss, reduction and weights of rows and classes, and nothing dropped. A large table gives
        /// 200 of its rows.
        /// </summary>
        /// <param name="table">
        /// Rows with the model's columns and target; a column of row weights counts where it is there.
        /// </param>
        /// <param name="options">Tolerance, entries per tensor, and the seed by which rows and entries are drawn.</param>
        /// <exception cref="BackpropException">
        /// A column is missing or of another kind, a target is missing or unknown, a loss is not finite, or an option out of
        /// range.
        /// </exception>
        public ModelGradientCheck CheckGradients(Table table, GradientCheckOptions options = default)
        {
            ArgumentNullException.ThrowIfNull(table);
            return UserMistake.Guard(() =>
            {
                options.Validate();
                var loss = Loss.Parse(model.Recipe.Training.Loss);
                var rows = CheckedRows.Of(model.Named(table, withTarget: true), model, options.Seed);
                GradientCheckResult result = GradientCheck.Run(
                    model.Core.ParametersAs<double>(), rows.Examples, loss, model.Recipe.Training.Reduction, options);
                return new ModelGradientCheck(result, model, loss, rows.Rows, table.RowCount);
            });
        }
    }
}
