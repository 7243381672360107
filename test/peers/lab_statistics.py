"""Statistics that the carry lab takes of activations, as PyTorch does them fastest, for `transformer_lens_lab.py`."""

import torch


def areas(values, groups):
    """Areas under the curve of rows of values [entry, example] for groups [example, digit], ties counted half; their errors."""
    values = values.contiguous()
    ordered = values.sort(-1).values
    below = torch.searchsorted(ordered, values)
    ranks = (below + torch.searchsorted(ordered, values, right=True) + 1).double() / 2
    first = groups.sum(0).double()
    second = len(groups) - first
    area = (ranks @ groups.double() - first * (first + 1) / 2) / (first * second)
    both = (first - 1) * (area / (2 - area) - area**2)
    other = (second - 1) * (2 * area**2 / (1 + area) - area**2)
    return area, ((area * (1 - area) + both + other).clamp(min=0) / (first * second)).sqrt()


def histograms(values, groups, best):
    """How the best entries of each digit [place, digit] are spread, with a carry and without, in 25 bins from 0 to 1."""
    for digit in range(groups.shape[1]):
        bins = (values[best[:, digit]] * 25).long().clamp(max=24)
        for group in (groups[:, digit], ~groups[:, digit]):
            counts = torch.zeros(len(bins), 25).scatter_add_(1, bins[:, group], torch.ones(len(bins), int(group.sum())))
            counts / group.sum()


def log_cosh_fits(rows):
    """Beta, centre and R2 of log cosh(beta (d - centre)) for each fit [fit, row, digit], on a grid that becomes finer."""
    centred = rows - rows.mean(-1, keepdim=True)
    total, spread = centred.sum(1), centred.square().sum((1, 2))
    error, beta, centre = spread.clone(), torch.full_like(spread, 3), torch.full_like(spread, 4.5)
    digits = torch.arange(10).double()
    beta_step, centre_step, betas, centres = 0.5, 1.0, 6, 5
    for _ in range(9):
        slopes = beta[:, None] + beta_step * torch.arange(-betas, betas + 1)
        middles = centre[:, None] + centre_step * torch.arange(-centres, centres + 1)
        x = (slopes[:, :, None, None] * (digits - middles[:, None, :, None])).abs()
        curve = (x + torch.log1p(torch.exp(-2 * x))).flatten(1, 2)
        curve = curve - curve.mean(-1, keepdim=True)
        distance = spread[:, None] - 2 * torch.einsum("fgd,fd->fg", curve, total) + rows.shape[1] * curve.square().sum(-1)
        distance[slopes.repeat_interleave(2 * centres + 1, 1) <= 0] = torch.inf
        least = distance.min(1)
        better = least.values < error
        error = torch.where(better, least.values, error)
        place = least.indices[:, None]
        beta = torch.where(better, slopes.gather(1, place // (2 * centres + 1))[:, 0], beta)
        centre = torch.where(better, middles.gather(1, place % (2 * centres + 1))[:, 0], centre)
        betas = centres = 3
        beta_step, centre_step = beta_step / 2.5, centre_step / 2.5
    return torch.stack((beta, centre, 1 - error / spread), -1)
