import {requests} from '../support/requests.js';
console.log(JSON.stringify(await requests('x', process.argv[2])));
