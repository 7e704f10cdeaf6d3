namespace Farspan.Audio;

/// <summary>A sine without a call to Sin for each sample: a phasor that turns.</summary>
internal struct SineOscillator
{
    private readonly double _turnCos;
    private readonly double _turnSin;
    private double _cos;
    private double _sin;

    public SineOscillator(double frequencyHz, int sampleRateHz, double amplitude)
    {
        (_turnSin, _turnCos) = Math.SinCos(2 * Math.PI * frequencyHz / sampleRateHz);
        _cos = amplitude;
    }

    public double Next()
    {
        var sample = _sin;
        (_cos, _sin) = ((_cos * _turnCos) - (_sin * _turnSin), (_sin * _turnCos) + (_cos * _turnSin));
        return sample;
    }
}
