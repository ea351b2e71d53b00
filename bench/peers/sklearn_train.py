#!/usr/bin/env python3
"""scikit-learn's side: MLPClassifier or MLPRegressor with the given initial parameters and the rows in order.

Run with OPENBLAS_NUM_THREADS set. `fit` is ended from within, as by a user's interrupt, after the fixed steps or the
window, so that what it does before and after its steps is not in the window. Its Adam adds epsilon to the root before
the root's correction, which makes a difference in the first steps.
"""
import time
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

import work

warnings.simplefilter("ignore", ConvergenceWarning)
job = work.job_of_command_line()
x, y = job.examples()
if job.is_regression:
    y = y.ravel()
given = job.parameters()


class Watch:
    """Counts the steps, notes when the window starts, and ends the training."""

    def __init__(self, optimizer, stop_at_step, warm_up, seconds):
        self.update, self.steps, self.stop_at_step = optimizer.update_params, 0, stop_at_step
        self.seconds, self.warm_until, self.result = seconds, time.perf_counter() + warm_up, None
        self.window = None
        optimizer.update_params = self

    def __call__(self, parameters, gradients):
        self.update(parameters, gradients)
        self.steps += 1
        if self.stop_at_step:
            if self.steps == self.stop_at_step:
                raise KeyboardInterrupt  # fit ends at this and keeps what it has
            return
        now = time.perf_counter()
        if self.window is None:
            if now >= self.warm_until:
                self.window = now, self.steps, work.processor_seconds()
        elif now - self.window[0] >= self.seconds:
            begin, steps, processor = self.window
            rows = job.rows_of(steps, self.steps)
            self.result = work.rates(rows, self.steps - steps, now - begin, work.processor_seconds() - processor)
            raise KeyboardInterrupt


def trained(stop_at_step=0, seconds=0.0):
    """A model after so many steps, or the rates of a window."""
    base = MLPRegressor if job.is_regression else MLPClassifier

    class Given(base):
        def _init_coef(self, fan_in, fan_out, dtype):
            layer = self.n_made = getattr(self, "n_made", -1) + 1
            w, b = given[layer]
            return w.astype(dtype), b.astype(dtype)

        def _fit_stochastic(self, x_part, y_part, activations, deltas, coef_grads, intercept_grads, layer_units, incremental):
            from sklearn.neural_network import _multilayer_perceptron as module
            name = "AdamOptimizer" if self.solver == "adam" else "SGDOptimizer"
            original = getattr(module, name)

            def watched(*arguments, **options):
                optimizer = original(*arguments, **options)
                self.watch = Watch(optimizer, stop_at_step, work.WARM_UP, seconds)
                return optimizer

            setattr(module, name, watched)
            try:
                super()._fit_stochastic(x_part, y_part, activations, deltas, coef_grads, intercept_grads, layer_units, incremental)
            finally:
                setattr(module, name, original)

    model = Given(
        hidden_layer_sizes=job.shape[1:-1], activation=job.activation, solver="sgd" if job.optimizer == "gd" else "adam", alpha=0,
        batch_size=job.batch, learning_rate_init=job.rate, momentum=0, nesterovs_momentum=False, shuffle=False,
        max_iter=1_000_000, tol=0, n_iter_no_change=10_000_000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(x, y)
    return model


model = trained(stop_at_step=job.check_steps)
some, wanted = x[:work.CHECK_ROWS], y[:work.CHECK_ROWS]
if job.is_regression:
    loss = 0.5 * np.mean((model.predict(some).astype(np.float64) - wanted) ** 2)
else:
    loss = -np.mean(np.log(model.predict_proba(some).astype(np.float64)[np.arange(len(some)), wanted]))

work.report(trained(seconds=job.seconds).watch.result, loss=float(loss))
