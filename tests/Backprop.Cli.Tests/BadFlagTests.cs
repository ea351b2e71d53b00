namespace Backprop.Cli.Tests;

public sealed class BadFlagTests : IDisposable
{
    readonly Command _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("must be a positive number, not -1", "--learning-rate", "-1")]
    [InlineData("--learning-rate is a number such as 0.01, not 'fast'", "--learning-rate", "fast")]
    [InlineData("positive number, not NaN", "--learning-rate", "NaN")]
    [InlineData("--epochs is a whole number of 1 or more, not '0'", "--epochs", "0")]
    [InlineData("--patience is a whole number of 0 or more, not '-1'", "--patience", "-1")]
    [InlineData("--seed is a whole number from 0", "--seed", "-1")]
    [InlineData("--threads is a whole number from 0 to 1024, not '-2'", "--threads", "-2")]
    [InlineData("'0' is not a width; write widths of 1 or more, such as 64 or 64*relu.", "--layers", "8,0")]
    [InlineData("Unknown layer 'x'; known are batchnorm, layernorm, dropout,", "--layers", "x")]
    [InlineData("--batch is a number of rows, 1 or more, or full; not '0'", "--batch", "0")]
    [InlineData("Dropout must be from 0 to below 1; it is 1", "--dropout", "1")]
    [InlineData("The L1 penalty must be 0 or a positive number, not -1", "--l1", "-1")]
    [InlineData("The L2 penalty must be 0 or a positive number, not -1", "--l2", "-1")]
    [InlineData("weight decay must be 0 or a positive number", "--weight-decay", "-1")]
    [InlineData("Label smoothing must be from 0 to below 1; it is 2.", "--label-smoothing", "2")]
    [InlineData("--validation is a fraction from 0 to below 1, or a file; not 1.5", "--validation", "1.5")]
    [InlineData("There is no file nowhere.csv", "--test", "nowhere.csv")]
    [InlineData("--shuffle is on or off, not 'maybe'", "--shuffle", "maybe")]
    [InlineData("--precision is single or double, not 'half'", "--precision", "half")]
    [InlineData("--precision is single or double, not 'auto'", "--precision", "auto")]
    [InlineData("--task is classify or regress, not 'guess'", "--task", "guess")]
    [InlineData("--reduction is mean or sum, not 'max'", "--reduction", "max")]
    [InlineData("--encode is auto or none, not 'some'", "--encode", "some")]
    [InlineData("--decimal is . or , and not ';'", "--decimal", ";")]
    [InlineData("--delimiter is one character, 'tab' or 'blank', not 'ab'", "--delimiter", "ab")]
    [InlineData("There is no encoding 'morse'", "--encoding", "morse")]
    [InlineData("in --types is not of the form column=kind", "--types", "species=colour")]
    [InlineData("did you mean relu? Known are linear, logistic, tanh, relu,", "--activation", "rely")]
    [InlineData("did you mean relu? Known are linear, logistic, tanh, relu,", "--output-activation", "rely")]
    [InlineData("known are gradient-descent, momentum,", "--optimizer", "sgdd")]
    [InlineData("beta2 of the optimizer 'adam:beta2=2' must be from 0 to below 1", "--optimizer", "adam:beta2=2")]
    [InlineData("has no parameter 'gamma'; it has beta1, beta2, epsilon", "--optimizer", "adam:gamma=2")]
    [InlineData("did you mean squared? Known are squared, half-squared,", "--loss", "square")]
    [InlineData("delta of the loss 'huber:delta=-1' must be above 0", "--loss", "huber:delta=-1")]
    [InlineData("known are loss, accuracy,", "--metric", "speed")]
    [InlineData("does not suit a target of 3 classes; choose one of", "--metric", "rmse")]
    [InlineData("known are constant, step,", "--schedule", "weekly")]
    [InlineData("known are glorot-uniform,", "--initializer", "ones")]
    [InlineData("norm=NUMBER, value=NUMBER or none", "--clip", "foo")]
    [InlineData("There is no recipe 'foo', neither as a file nor by name; known are default,", "--recipe", "foo")]
    [InlineData("There is no class 'a' to weigh; the classes are setosa,", "--class-weights", "a=1")]
    [InlineData("cannot be the target and the row weights", "--row-weights", "species")]
    [InlineData("no column 'petal_lenght'; did you mean 'petal_length'?", "--row-weights", "petal_lenght")]
    [InlineData("no column 'petal'", "--ignore", "petal")]
    [InlineData("A positive class is for targets of two classes; this one has 3", "--positive", "setosa")]
    [InlineData("There is no flag --epoch; did you mean --epochs?", "--epoch", "3")]
    [InlineData("There is no flag --hiden; did you mean --layers?", "--hiden", "3")]
    [InlineData("There is no flag --hidden-layers; did you mean --layers?", "--hidden-layers", "3")]
    [InlineData("There is no flag --learning_rate; did you mean --learning-rate?", "--learning_rate", "1")]
    [InlineData("There is no flag --batch-size; did you mean --batch?", "--batch-size=32")]
    [InlineData("There is no flag --max_iter; did you mean --epochs?", "--max_iter", "3")]
    [InlineData("There is no flag --output; did you mean --out?", "--output", "m.onnx")]
    [InlineData("There is no flag --momentum; did you mean --optimizer momentum:momentum=NUMBER?", "--momentum", "0.9")]
    [InlineData("There is no flag -e; did you mean --epochs?", "-e", "3")]
    [InlineData("There is no flag --data; did you mean DATA, which stands without a flag?", "--data", "x.csv")]
    [InlineData("There is no flag --zzzzzz. Try backprop train --help.", "--zzzzzz")]
    [InlineData("The flag --learning-rate is given twice", "--lr", "1", "--learning-rate", "2")]
    [InlineData("There is no loss 'squared_error': some tools mean (x − t)² by it", "--loss", "squared_error")]
    [InlineData("There is no loss 'RMSE': the root of a mean", "--loss", "RMSE")]
    [InlineData("There is no metric 'mse': it is the square of rmse", "--metric", "mse")]
    [InlineData("There is no activation 'softmax': it is an output", "--activation", "softmax")]
    [InlineData(
        "The learning rate is no parameter of the optimizer 'adam'; it is given by itself.", "--optimizer", "adam:lr=0.1")]
    [InlineData("The flag --epochs needs a value", "--epochs")]
    [InlineData("The flag --seed is given twice", "--seed", "1", "--seed", "2")]
    [InlineData("'more' is one argument too many", "--seed", "1", "more")]
    [InlineData("--log-steps needs a file for the log", "--log-steps")]
    [InlineData("needs the images: --test FILE", "--test-labels", "labels.idx")]
    [InlineData("needs the full batch, not batches of 10 rows", "--optimizer", "rprop", "--batch", "10")]
    [InlineData("2 hidden layers, but 3 activations", "--layers", "4,4", "--activation", "relu,tanh,relu")]
    [InlineData("are for 16 neurons, but the layer has 4", "--layers", "4", "--activation", "8*tanh+8*relu")]
    [InlineData("there are none; hold some out with --validation 0.2", "--schedule", "plateau", "--validation", "0")]
    public void Refuses_with_a_sentence_that_says_what_to_do(string expected, params string[] flags) =>
        Assert.Contains(expected, _command.Of(["train", "sample:iris", "--target", "species", .. flags]),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("did you mean 'species'?", "train", "sample:iris", "--target", "specis")]
    [InlineData("There is no sample 'irs'; there are diabetes, iris, penguins.", "train", "sample:irs", "--target", "species")]
    [InlineData("backprop train needs DATA", "train", "--target", "species")]
    [InlineData("backprop evaluate needs MODEL and DATA", "evaluate", "model.onnx")]
    [InlineData(
        "There is no verb 'trane'; did you mean train? There are train, evaluate, predict, check, explain, reproduce, doctor, "
        + "info.",
        "trane")]
    [InlineData("There is no verb 'fit'; did you mean train?", "fit", "sample:iris", "--target", "species")]
    [InlineData("There is no verb 'eval'; did you mean evaluate?", "eval", "m.onnx", "sample:iris")]
    [InlineData("There is no verb 'fit'; did you mean train?", "help", "fit")]
    [InlineData(
        "There is no flag --batch-size; did you mean --batch?", "train", "--batch-size", "32", "sample:iris", "-t", "species")]
    [InlineData("A target column is named twice", "train", "sample:iris", "--target", "species", "species")]
    [InlineData("is missing in 10 of ", "train", "sample:penguins", "--target", "sex")]
    [InlineData("holds texts, which cannot be estimated as numbers", "train", "sample:iris", "--target", "species", "--task",
        "regress")]
    [InlineData("only one column of classes", "train", "sample:penguins", "--target", "species", "island")]
    [InlineData("cannot be the target and left out", "train", "sample:iris", "--target", "species", "--ignore", "species")]
    public void Refuses_commands_that_do_not_make_sense(string expected, params string[] arguments) =>
        Assert.Contains(expected, Refusal.Of(_command, arguments), StringComparison.Ordinal);

    [Fact]
    public void No_verb_says_the_verbs()
    {
        CommandResult result = _command.Run();
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            "Say what to do: train, evaluate, predict, check, explain, reproduce, doctor, info. Try backprop --help.",
            result.Sentence);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("predict")]
    [InlineData("info")]
    public void The_help_of_each_verb_shows_an_example(string verb)
    {
        CommandResult result = _command.Run(verb, "--help").Succeeded();
        Assert.Contains($"backprop {verb} ", result.Output[result.Output.IndexOf("Example", StringComparison.Ordinal)..],
            StringComparison.Ordinal);
        Assert.Contains($"  backprop {verb}", result.Output, StringComparison.Ordinal);
    }
}
