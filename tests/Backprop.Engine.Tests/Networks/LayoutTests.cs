using System.Numerics;
using Xunit;

namespace Backprop.Engine.Tests;

/// <summary>Which tensors a network has, and where they lie.</summary>
public sealed class LayoutTests
{
    static readonly Dense s_first = new(70, Activation.Tanh);
    static readonly Dense s_second = new(5, Activation.Relu, bias: false);
    static readonly Dense s_last = new(3, Activation.Linear);

    static readonly Network s_network =
        new(4, new Dropout(0.1), s_first, new Dropout(0.2), s_second, new Dropout(0.3), s_last, new Softmax());

    [Fact]
    public void Tensors_are_in_the_order_of_the_layers_and_W_before_b()
    {
        Assert.Equal(
            ["layer1.weights", "layer1.bias", "layer2.weights", "layer3.weights", "layer3.bias"],
            s_network.Layout.Tensors.Select(tensor => tensor.ToString()));
        Assert.Equal(
            [TensorRole.Weight, TensorRole.Bias, TensorRole.Weight, TensorRole.Weight, TensorRole.Bias],
            s_network.Layout.Tensors.Select(tensor => tensor.Role));
        Assert.Equal(
            [(4, 70), (1, 70), (70, 5), (5, 3), (1, 3)],
            s_network.Layout.Tensors.Select(tensor => (tensor.Rows, tensor.Columns)));
        Assert.Equal([null, 0d, null, null, 0d], s_network.Layout.Tensors.Select(tensor => tensor.Start.Constant));
        Assert.Equal(4 * 70 + 70 + 70 * 5 + 5 * 3 + 3, s_network.Layout.Tensors.Sum(tensor => tensor.Count));
        Assert.Equal(s_network.ParameterCount, s_network.Layout.Tensors.Sum(tensor => tensor.Count));
    }

    [Fact]
    public void Each_tensor_begins_where_the_one_before_ends_with_its_padding()
    {
        long end = 0;
        foreach (Tensor tensor in s_network.Layout.Tensors)
        {
            Assert.Equal(end, tensor.Offset);
            Assert.Equal(new Matrix<float>(1, tensor.Columns).Stride, tensor.Stride);
            end += (long)tensor.Rows * tensor.Stride;
        }

        Assert.Equal(end, s_network.Layout.Length);
    }

    /// <summary>A number in each element by the layout's offset and stride, read back through the tensors.</summary>
    [Fact]
    public void Parameters_have_each_number_where_the_layout_says()
    {
        CheckPlaces<float>();
        CheckPlaces<double>();
    }

    [Fact]
    public void Weights_and_biases_are_the_tensors_of_the_dense_layers()
    {
        var parameters = new Parameters<double>(s_network);
        Assert.Equal([0, 2, 3], parameters.Weights.Select(weights => parameters.Tensors.IndexOf(weights)));
        Assert.Equal([1, -1, 4], parameters.Biases.Select(bias => bias is null ? -1 : parameters.Tensors.IndexOf(bias)));
    }

    [Fact]
    public void Dropout_and_softmax_are_not_numbered()
    {
        Assert.Equal(7, s_network.Layers.Length);
        Assert.Equal(3, s_network.Layout.Depth);
        Assert.Equal([s_first, s_second, s_last], s_network.NumberedLayers);
        Assert.Equal([1, 1, 3, 5, 5], s_network.Layout.Tensors.Select(tensor => tensor.Layer));
        Assert.Equal([1, 1, 2, 3, 3], s_network.Layout.Tensors.Select(tensor => tensor.Number));

        // Dropout and softmax go by the layer that they follow; before the first there is none.
        Assert.Equal([0, 1, 1, 2, 2, 3, 3], Enumerable.Range(0, 7).Select(s_network.Layout.NumberOf));
        Assert.Equal([0, 2, 0, 1, 0, 2, 0], Enumerable.Range(0, 7).Select(k => s_network.Layout.Of(k).Length));
        Assert.Equal([0, 4, 0, 70, 0, 5, 0], Enumerable.Range(0, 7).Select(s_network.Layout.PartsOf));
    }

    [Fact]
    public void A_layer_without_tensors_is_numbered_as_others_are()
    {
        Network network = new(4, s_first, new Bare(), new Softmax());
        Assert.Equal([s_first, new Bare()], network.NumberedLayers);
        Assert.Equal((2, 2), (network.Layout.Depth, network.Layout.NumberOf(1)));
        Assert.Equal([1, 1], network.Layout.Tensors.Select(tensor => tensor.Number));
        Assert.Equal((0, 0), (network.Layout.Of(1).Length, network.Layout.PartsOf(1)));
    }

    [Fact]
    public void Layouts_are_equal_whatever_layers_without_numbers_stand_between()
    {
        Network plain = new(4, s_first, s_second, s_last);
        Assert.Equal(plain.Layout, s_network.Layout);
        Assert.Equal(plain.Layout.GetHashCode(), s_network.Layout.GetHashCode());
        Assert.Equal(new Network(4, s_first, s_second, s_last, new Softmax()).Layout, plain.Layout);
        Assert.NotEqual(plain, s_network);
        Assert.Equal(new Network(4, s_first, s_second, s_last, new Softmax()), s_network.WithoutDropout);
        Assert.Same(plain, plain.WithoutDropout);

        // The activation is no number, but the shape and the biases are.
        Assert.Equal(new Network(4, new Dense(70, Activation.Gelu), s_second, s_last).Layout, plain.Layout);
        Assert.NotEqual(new Network(5, s_first, s_second, s_last).Layout, plain.Layout);
        Assert.NotEqual(new Network(4, s_first, new Dense(5, Activation.Relu), s_last).Layout, plain.Layout);
        Assert.NotEqual(new Network(4, s_first, s_last).Layout, plain.Layout);
        Assert.False(plain.Layout.Equals(null));
    }

    [Fact]
    public void Dropout_and_softmax_change_no_number_that_a_network_begins_with()
    {
        Network plain = new(4, s_first, s_second, s_last);
        foreach (Initializer initializer in Initializer.All)
            Assert.Equal(initializer.Create<double>(plain, 5).Hash(), initializer.Create<double>(s_network, 5).Hash());
    }

    static void CheckPlaces<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parameters = new Parameters<T>(s_network);
        Assert.Equal(s_network.Layout.Length, parameters.Buffer.Length);
        for (int i = 0; i < parameters.Buffer.Length; i++)
            parameters.Buffer.Span[i] = T.CreateChecked(i);
        foreach ((Tensor tensor, Matrix<T> numbers) in s_network.Layout.Tensors.Zip(parameters.Tensors))
        {
            Assert.Equal((tensor.Rows, tensor.Columns, tensor.Stride), (numbers.Rows, numbers.Columns, numbers.Stride));
            for (int row = 0; row < tensor.Rows; row++)
            {
                for (int column = 0; column < tensor.Columns; column++)
                    Assert.Equal(T.CreateChecked(tensor.Offset + row * tensor.Stride + column), numbers[row, column]);
            }
        }
    }
}
