using Xunit;

namespace Backprop.Engine.Tests;

public sealed class VocabularyTests
{
    [Theory]
    [InlineData("ReLU", "relu")]
    [InlineData("TANH", "tanh")]
    [InlineData("Leaky_ReLU:slope=0.2", "leaky-relu:slope=0.2")]
    [InlineData("LeakyReLU", "leaky-relu:slope=0.01")]
    [InlineData("hardtanh", "hard-tanh")]
    [InlineData("Sigmoid", "logistic")]
    [InlineData("swish", "silu")]
    [InlineData("identity", "linear")]
    public void Activations(string typed, string name) => Assert.Equal(name, Activation.Parse(typed).Name);

    [Theory]
    [InlineData("MSE", "squared")]
    [InlineData("mean_squared_error", "squared")]
    [InlineData("mae", "absolute")]
    [InlineData("cross-entropy", "softmax-cross-entropy")]
    [InlineData("crossentropy", "softmax-cross-entropy")]
    [InlineData("logloss:smoothing=0.1", "softmax-cross-entropy:smoothing=0.1")]
    [InlineData("binary_crossentropy", "logistic-cross-entropy")]
    [InlineData("Huber:Delta=2", "huber:delta=2")]
    public void Losses(string typed, string name) => Assert.Equal(name, Loss.Parse(typed).Name);

    [Theory]
    [InlineData("Adam", "adam:beta1=0.9,beta2=0.999,epsilon=1E-08")]
    [InlineData("adam:beta_1=0.8,eps=1e-7", "adam:beta1=0.8,beta2=0.999,epsilon=1E-07")]
    [InlineData("SGD", "gradient-descent")]
    [InlineData("gd", "gradient-descent")]
    [InlineData("RMSprop", "rmsprop:decay=0.99,epsilon=1E-08")]
    [InlineData("Adam-W", "adamw:beta1=0.9,beta2=0.999,epsilon=1E-08")]
    public void Optimizers(string typed, string name) => Assert.Equal(name, Optimizer.Parse(typed).Name);

    [Theory]
    [InlineData("OneCycle", "one-cycle:peak=0.3,start=0.04,end=4E-06")]
    [InlineData("ReduceLROnPlateau", "plateau:factor=0.1,patience=10,threshold=0.0001")]
    [InlineData("None", "constant")]
    public void Schedules(string typed, string name) => Assert.Equal(name, Schedule.Parse(typed).Name);

    [Theory]
    [InlineData("He_Normal", "he-normal")]
    [InlineData("kaiming_uniform", "he-uniform")]
    [InlineData("xavier-normal", "glorot-normal")]
    public void Initializers(string typed, string name) => Assert.Equal(name, Initializer.Parse(typed).Name);

    [Theory]
    [InlineData("squared_error", "some ½(x − t)², which is half-squared")]
    [InlineData("RMSE", "rmse is a metric")]
    public void A_word_of_another_formula_is_refused_with_the_reason(string typed, string said) => Assert.Contains(
        said, Assert.Throws<ArgumentException>(() => Loss.Parse(typed)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_word_of_two_formulas_is_refused() => Assert.Equal(
        "There is no initializer 'Xavier': it is glorot-uniform or glorot-normal; say which.",
        Assert.Throws<ArgumentException>(() => Initializer.Parse("Xavier")).Message);
}
