import { describe, expect, it } from 'vitest';
import { siteBody, siteDraft } from './site-body';

const filled = { ...siteDraft(), name: ' Mine ', authUrl: ' https://keystone.example.org:5000/v3 ' };

describe('what the form of a site sends', () => {
  it('leaves out what was left empty, where the site is new', () => {
    expect(JSON.parse(JSON.stringify(siteBody(filled, undefined)))).toEqual({
      name: 'Mine',
      authUrl: 'https://keystone.example.org:5000/v3',
      methods: ['applicationCredential', 'password'],
    });
  });

  it('takes away what was emptied, where the site is there', () => {
    expect(siteBody({ ...filled, city: 'Lugo' }, null)).toMatchObject({ city: 'Lugo', region: null, ca: null, lat: null, country: null });
  });

  it('has numbers as numbers, with a point or a comma, and leaves to the API to refuse what is none', () => {
    expect(siteBody({ ...filled, lat: '43,01', lon: ' -7.56 ', country: 'es' }, undefined)).toMatchObject({
      lat: 43.01,
      lon: -7.56,
      country: 'ES',
    });
    expect(siteBody({ ...filled, lat: 'north' }, undefined)).toMatchObject({ lat: 'north' });
  });
});
